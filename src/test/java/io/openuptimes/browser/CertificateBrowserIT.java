package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.Turns;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service with an expiring certificate, as shown by the pages. */
class CertificateBrowserIT {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final String WARNING = "Certificate expires in 9 days";

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private String id;

    @BeforeEach
    void a_service_whose_certificate_ends_in_nine_days() throws Exception {
        Turns.awayFromTheNext(Turns.DAY, Duration.ofMinutes(5));
        browsing.api().deleteAll();
        browsing.target().up("/shop");
        id = browsing.api()
                .create(
                        "Shop",
                        "https://127.0.0.1:1/", // connection refused, so checks never report another certificate
                        new JsonObject().put("description", "The web shop").put("interval", 86_400))
                .getString("id");
        browsing.api().checkNow("Shop"); // completes the first check, so that it cannot report later
        see(9);
        browsing.api().create("Docs", browsing.target().url("/shop"), new JsonObject());
    }

    /** Records a successful check with a certificate that expires in this many days. */
    private void see(int days) {
        long now = System.currentTimeMillis();
        long to = now / DAY * DAY + days * DAY + DAY / 2;
        ServerCertificate certificate = new ServerCertificate(
                to - 90 * DAY,
                to,
                to + 1_000 * DAY,
                "CN=R11,O=Example CA,C=US",
                List.of("shop.example.com", "internal.example.com"),
                "5ec2e7".repeat(10) + "abcd");
        Peer peer = new Peer("127.0.0.1:443", "HTTP/1.1", "TLSv1.3", certificate);
        CheckResult result = new CheckResult(id, now, Outcome.UP, 200, 5, Phases.NONE, "", null, null, peer);
        await(browsing.app().bus().request(StoreMessage.RECORD, new RecordResult(result)));
    }

    @Test
    void its_page_shows_all_of_it_to_those_signed_in_and_its_end_to_others() {
        for (Look look : Look.ALL) {
            Page open = browsing.open(look, "/services/Shop");
            Locator card = open.locator("section.certificate");
            assertThat(card).containsText("Days left");
            assertThat(open.locator("section.now")).containsText(WARNING);
            assertThat(open.getByText(WARNING)).hasCount(1);
            assertThat(card).not().containsText("Issuer");
            assertThat(open.content()).doesNotContain("internal.example.com", "Example CA", "5ec2e7");
            Axe.noViolations(open);

            Page known = browsing.openSignedIn(look, "/services/Shop");
            Locator all = known.locator("section.certificate");
            assertThat(all).containsText("shop.example.com, internal.example.com");
            assertThat(all).containsText("CN=R11,O=Example CA,C=US");
            assertThat(all).containsText("5ec2e7");
            Axe.noViolations(known);
            look.take(known, "certificate");
        }
        Page german = browsing.open(Look.DESKTOP.german(), "/services/Shop");
        assertThat(german.locator("section.now")).containsText("Zertifikat läuft in 9 Tagen ab");
    }

    @Test
    void the_status_page_has_a_word_beside_the_service_and_first_of_all_for_those_signed_in() {
        for (Look look : Look.ALL) {
            Page page = browsing.open(look, "/");
            assertThat(page.locator("service-row .warned")).hasCount(1);
            assertThat(page.locator("service-row .warned")).hasText(WARNING);
            assertThat(page.locator(".attention")).hasCount(0);
            Axe.noViolations(page);
            look.take(page, "certificate-status");
            assertThat(browsing.openSignedIn(look, "/").locator(".attention li"))
                    .containsText(WARNING);
        }
    }

    @Test
    void the_admins_list_keeps_the_word_through_events() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/services");
        Locator line = page.locator("service-line")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByText("Shop", new Page.GetByTextOptions().setExact(true))));
        assertThat(line).containsText(WARNING);
        page.route("**/api/services?*", Route::abort); // so that the update can only come from an event
        browsing.watch().expect("net::ERR_FAILED"); // the page's own request follows shortly

        browsing.api().change("Shop", new JsonObject().put("group", "Sales"));

        assertThat(line).containsText("Sales");
        assertThat(line).containsText(WARNING);
    }

    @Test
    void the_dashboard_lists_it() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin");
        Locator list = page.locator("warned-list");
        assertThat(list).containsText("1 service with a warning");
        assertThat(list.locator("li")).hasCount(1);
        assertThat(list).containsText(WARNING);
        Axe.noViolations(page);
        Look.DESKTOP.take(page, "certificate-dashboard");
    }
}
