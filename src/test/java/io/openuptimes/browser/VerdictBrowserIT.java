package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say of a status beside up and down, and the form about when a service counts as down. */
class VerdictBrowserIT {

    private static final String MODULE = "async ([path, name, args]) => (await import("
            + "new URL(path, document.querySelector('link[href$=\"base.css\"]').href)))[name](...args)";

    @RegisterExtension
    static final Browsing browsing = new Browsing().with("OPENUPTIMES_CHECKS_CONFIRM_ELSEWHERE", "true");

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
    }

    static List<Look> looks() {
        return Look.ALL;
    }

    private static void create(JsonObject fields) {
        browsing.api().create("Shop", browsing.target().url("/shop"), fields);
        browsing.api().checkNow("Shop");
    }

    private static void check() {
        browsing.api().checkNow("Shop");
    }

    private static Locator words(Page page) {
        return page.locator("#policy-words");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_form_tells_in_words_when_a_service_counts_as_down(Look look) {
        Page page = browsing.openSignedIn(look, "/admin/services?add");
        Find.field(page, "Name").fill("Shop");
        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        page.getByText("Advanced options").click();
        assertThat(words(page))
                .hasText("Down after one failed check, confirmed by another node if there is one,"
                        + " up again after one successful check, never degraded,"
                        + " flapping after more than 6 changes within 30 min.");
        assertThat(Find.field(page, "Retries")).hasAttribute("placeholder", "0");
        assertThat(Find.field(page, "Degraded above (milliseconds)")).hasAttribute("placeholder", "never");
        Find.field(page, "Retries").fill("1");
        Find.field(page, "Degraded above (milliseconds)").fill("800");
        Find.field(page, "Successful checks in a row").fill("2");
        Find.field(page, "Confirmed by another node").selectOption("false");
        assertThat(words(page))
                .hasText("Down after 2 failed attempts within 2 sec, up again after 2 successful checks in a row,"
                        + " degraded above 800 ms, flapping after more than 6 changes within 30 min.");
        Find.field(page, "Retries").fill("11");
        assertThat(words(page)).hasText("Some values are invalid.");
        Find.field(page, "Retries").fill("1");
        words(page).scrollIntoViewIfNeeded();
        look.take(page, "policy");
        Axe.noViolations(page);
        Find.button(page, "Save").click();
        assertThat(Find.dialog(page)).hasCount(0);
        assertThat(browsing.api().service("Shop").getMap())
                .containsEntry("retries", 1)
                .containsEntry("degradedAfter", 800)
                .containsEntry("successThreshold", 2)
                .containsEntry("confirmElsewhere", false)
                .doesNotContainKey("flapCount");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retries=1 retryInterval=2 | 60 | Down after 2 failed attempts within 2 sec
            retries=1 retryInterval=40 | 60 | Down after 2 failed attempts within 30 sec
            retries=5 retryInterval=40 | 60 | Down after 2 failed attempts within 30 sec
            retries=3 retryInterval=2 retryBackoff=exponential | 60 | Down after 4 failed attempts within 14 sec
            retries=1 retryInterval=2 | 3 | Down after 2 failed attempts within 1.5 s
            failureThreshold=3 retries=1 retryInterval=2 | 60 | Down after 3 failed checks in a row, the last of them confirmed by 2 attempts within 2 sec
            failureThreshold=3 | 60 | Down after 3 failed checks in a row
            retries=1 retryInterval=2 retryOn=network | 60 | Down after 2 failed attempts within 2 sec (failures with a complete response count at once)
            """)
    void the_words_follow_from_the_rules_and_the_interval(String rules, int interval, String words) {
        JsonObject policy = new JsonObject(
                "{\"retries\":0,\"retryInterval\":1,\"retryBackoff\":\"linear\",\"retryOn\":\"any\",\"failureThreshold\":1,"
                        + "\"successThreshold\":1,\"confirmElsewhere\":false,\"degradedAfter\":0,\"flapCount\":0,\"flapMinutes\":1}");
        for (String rule : rules.split(" ", -1)) {
            String[] parts = rule.split("=", -1);
            policy.put(parts[0], parts[1].matches("\\d+") ? (Object) Integer.valueOf(parts[1]) : parts[1]);
        }
        Page page = browsing.open(Look.DESKTOP, "/");
        Object said = page.evaluate(
                MODULE, List.of("admin/services/policy.js", "policyInWords", List.of(policy.getMap(), interval)));
        assertThat(String.valueOf(said).replace('\u00a0', ' '))
                .isEqualTo(words + ", up again after one successful check, never degraded, never flapping.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            egress | The monitor’s own network is down.
            resolver | The monitor’s name servers do not respond.
            parent | A service that it depends on is down.
            """)
    void an_unknown_status_has_its_reason_in_words(String reason, String words) {
        Page page = browsing.open(Look.DESKTOP, "/");
        Map<String, String> entry = Map.of("status", "unknown", "reason", reason);
        assertThat(page.evaluate(MODULE, List.of("lib/verdict.js", "unknownReason", List.of(entry))))
                .isEqualTo(words);
        assertThat(page.evaluate(MODULE, List.of("lib/verdict.js", "statusWord", List.of(entry))))
                .isEqualTo("Unknown");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_slow_service_is_degraded_everywhere(Look look) {
        browsing.target().slow("/shop", 60);
        create(new JsonObject().put("degradedAfter", 10));
        Page status = browsing.open(look, "/");
        assertThat(Find.title(status)).hasText("1 of 1 services is degraded");
        assertThat(status.locator("service-row")).containsText("Degraded");
        assertThat(status.locator("service-row .more")).containsText("Responds slowly");
        look.take(status, "degraded-status");
        Axe.noViolations(status);
        Page service = browsing.open(look, "/services/Shop");
        assertThat(service.locator(".now")).containsText("Degraded, up for");
        assertThat(service.locator(".now")).containsText("Responds slowly");
        look.take(service, "degraded-service");
        Axe.noViolations(service);
        Page list = browsing.openSignedIn(look, "/admin/services");
        assertThat(list.locator("service-line .c-status")).containsText("Degraded");
        look.take(list, "degraded-list");
        Axe.noViolations(list);
        Page dashboard = browsing.openSignedIn(look, "/admin");
        assertThat(dashboard.locator(".counts")).containsText("Degraded");
        look.take(dashboard, "degraded-dashboard");
        Axe.noViolations(dashboard);
    }

    @Test
    void a_failure_that_is_being_confirmed_is_told_and_then_the_outage() {
        create(new JsonObject().put("failureThreshold", 2));
        browsing.target().down("/shop");
        check();
        Page status = browsing.open(Look.DESKTOP, "/");
        assertThat(status.locator("service-row .more")).containsText("Up · Being confirmed");
        Page service = browsing.open(Look.DESKTOP, "/services/Shop");
        assertThat(service.locator(".now")).containsText("The last check failed. This is being confirmed.");
        Page list = browsing.openSignedIn(Look.DESKTOP, "/admin/services");
        assertThat(list.locator("service-line .c-status")).containsText("Being confirmed");
        Look.DESKTOP.take(status, "confirming-status");
        Look.DESKTOP.take(service, "confirming-service");
        Look.DESKTOP.take(list, "confirming-list");
        check();
        assertThat(service.locator(".now")).not().containsText("Being confirmed");
        assertThat(service.locator(".now")).containsText("Responding with errors");
        assertThat(status.locator("service-row .more")).not().containsText("Being confirmed");
    }

    @Test
    void a_service_that_changes_too_often_is_flapping() {
        create(new JsonObject().put("flapCount", 1));
        browsing.target().down("/shop");
        check();
        browsing.target().up("/shop");
        check();
        Page status = browsing.open(Look.DESKTOP, "/");
        assertThat(status.locator("service-row .more")).containsText("Up · Flapping");
        Page list = browsing.openSignedIn(Look.DESKTOP, "/admin/services");
        assertThat(list.locator("service-line .c-status")).containsText("Flapping");
        Page dashboard = browsing.openSignedIn(Look.DESKTOP, "/admin");
        assertThat(dashboard.locator(".counts")).containsText("Flapping");
        Look.DESKTOP.take(dashboard, "flapping-dashboard");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void the_history_tells_each_attempt(Look look) {
        browsing.target().fails("/shop");
        create(new JsonObject().put("retries", 1).put("retryInterval", 1));
        Page page = browsing.openSignedIn(look, "/admin/history?service=Shop");
        assertThat(page.locator(".attempts")).containsText("then up at the second attempt");
        look.take(page, "attempts");
        Axe.noViolations(page);
    }
}
