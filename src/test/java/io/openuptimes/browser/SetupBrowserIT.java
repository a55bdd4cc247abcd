package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.TargetServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the first start to a working API key. */
class SetupBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing().atFirstStart();

    @Test
    void a_new_user_gets_from_the_token_in_the_log_to_a_key_that_works() throws Exception {
        long start = System.nanoTime();
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        Page page = browsing.open(visitor, "/");
        assertThat(page).hasURL(Pattern.compile(".*/setup"));
        token(page);
        password(page);
        services(page);
        Find.link(page, "View status page").click();
        assertThat(Find.title(page)).hasText("1 of 2 services is down");
        assertThat(page).hasTitle(Pattern.compile(".*Acme status"));
        String key = makeKey(page);
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        System.out.printf("set-up: from the empty start to the key in %d s, checks of its look included%n", seconds);

        Answer answer = browsing.api()
                .curl()
                .get("/api/services")
                .with("Authorization", "Bearer " + key)
                .send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getJsonArray("services")).hasSize(2);

        page.navigate("/setup");
        assertThat(Find.title(page)).hasText("Setup is complete");
        assertThat(page.getByRole(AriaRole.TEXTBOX)).hasCount(0);
    }

    private static void token(Page page) throws Exception {
        assertThat(Find.title(page)).isVisible();
        Axe.noViolations(page);
        Find.field(page, "Setup token").fill("not the token");
        Find.button(page, "Continue").click();
        assertThat(page.getByText("Wrong token.")).isVisible();
        Axe.noViolations(page);
        Find.field(page, "Setup token").fill(browsing.app().setupToken());
        Find.button(page, "Continue").click();
    }

    private static void password(Page page) {
        Find.field(page, "Admin password").fill("short");
        Find.button(page, "Continue").click();
        assertThat(Find.field(page, "Admin password")).hasAttribute("aria-invalid", "true");
        assertThat(Find.field(page, "Site name")).hasAttribute("aria-invalid", "true");
        Axe.noViolations(page);
        Find.field(page, "Admin password").fill(Browsing.PASSWORD);
        Find.field(page, "Site name").fill("Acme status");
        Find.button(page, "Continue").click();
    }

    private static void services(Page page) {
        browsing.target().answers("/down", TargetServer.answer(500, "Broken", ""));
        Locator first = page.locator("service-draft").nth(0);
        first.getByLabel("URL").fill(browsing.target().url("/up"));
        first.getByLabel("Name").fill("Shop");
        Find.button(first, "Test").click();
        assertThat(first).containsText("First byte");
        assertThat(first).containsText("200");
        Find.button(page, "Add another").click();
        Locator second = page.locator("service-draft").nth(1);
        assertThat(second.getByLabel("URL")).isFocused();
        second.getByLabel("URL").fill(browsing.target().url("/down"));
        second.getByLabel("Name").fill("Search");
        Find.button(second, "Test").click();
        assertThat(second).containsText("500");
        Axe.noViolations(page);
        Find.button(page, "Save and continue").click();
        assertThat(page.getByText("You’re all set")).isVisible();
        Axe.noViolations(page);
    }

    private static String makeKey(Page page) {
        page.navigate("/admin/keys");
        Find.button(page, "Create key").click();
        Find.field(page, "Name").fill("office dashboard");
        Find.button(Find.dialog(page), "Create key").click();
        String key = Find.field(page, "API key").inputValue();
        Find.button(page, "I’ve stored it").click();
        return key;
    }
}
