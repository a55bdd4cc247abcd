package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.Viewpoint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service checked from several locations, as shown by the pages. */
class LocationsBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
    }

    private static JsonObject create(JsonObject fields) {
        return browsing.api().create("Shop", browsing.target().url("/shop"), fields);
    }

    private static void record(CheckResult result, Service service, String location) {
        await(browsing.app()
                .bus()
                .request(StoreMessage.RECORD, new RecordResult(result.from(Viewpoint.of(service, location, 60)))));
    }

    @Test
    void its_page_says_how_it_is_from_each() throws Exception {
        JsonObject made =
                create(new JsonObject().put("interval", 60).put("locations", new JsonArray(List.of("eu", "us", "ap"))));
        Service service = ServiceFields.parse(made.getMap(), made.getString("id"), made.getLong("createdAt"));
        long now = System.currentTimeMillis();
        record(Seed.up(service.id(), now - 3_000_000, 40), service, "ap");
        record(Seed.failure(service.id(), now - 2_000, Outcome.STATUS), service, "eu");
        record(Seed.up(service.id(), now - 1_000, 40), service, "us");

        Page page = browsing.open(Look.DESKTOP, "/services/Shop");
        Locator locations = page.locator("ul.locations li");
        assertThat(locations).hasCount(3);
        assertThat(locations.nth(0)).containsText("eu");
        assertThat(locations.nth(0)).containsText("Down");
        assertThat(locations.nth(1)).containsText("us");
        assertThat(locations.nth(1)).containsText("Up");
        assertThat(locations.nth(2)).containsText("ap");
        assertThat(locations.nth(2)).containsText("no recent results");
        assertThat(page.locator("section.now")).containsText("Up for");
        Axe.noViolations(page);

        // results carry the locations, too
        record(Seed.up(service.id(), System.currentTimeMillis(), 40), service, "eu");
        assertThat(locations.nth(0)).containsText("Up");
    }

    @Test
    void where_it_is_checked_from_is_edited() {
        create(new JsonObject());
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/services?edit=Shop");
        page.getByText("Advanced options").click();
        Find.field(page, "Locations").fill("eu, Nowhere");
        Find.field(page, "Quorum").fill("3");
        Find.button(page, "Save").click();
        assertThat(Find.dialog(page)).containsText("“Nowhere” is not a valid location name.");
        Find.field(page, "Locations").fill("eu  us-east-1");
        Find.button(page, "Save").click();
        assertThat(Find.dialog(page)).containsText("Enter a whole number from 1 to 2.");
        Find.field(page, "Quorum").fill("1");
        Axe.noViolations(page);
        Find.button(page, "Save").click();
        assertThat(Find.toast(page, "Saved Shop")).isVisible();

        Map<String, Object> stored = browsing.api().service("Shop").getMap();
        assertThat(stored)
                .containsEntry("locations", List.of("eu", "us-east-1"))
                .containsEntry("quorum", 1);

        Find.link(page, "Nodes").click();
        assertThat(page.locator(".troubles")).containsText("No nodes at locations eu, us-east-1");
    }
}
