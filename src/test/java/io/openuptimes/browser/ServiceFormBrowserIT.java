package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The service form's messages about secrets, similar names and denied addresses. */
class ServiceFormBrowserIT {

    private static final String DENIED = "127.0.0.99";
    private static final String OTHER_ADDRESS =
            "The stored value is only sent to the previous host. Enter it again to use it"
                    + " with a different scheme, host or port.";

    @RegisterExtension
    static final Browsing browsing = new Browsing().with("OPENUPTIMES_EGRESS_DENY", DENIED);

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
        browsing.target().up("/shop");
    }

    static List<Look> looks() {
        return Look.ALL;
    }

    /** Creates a service with a secret header, a plain one, and a secret body. */
    private static void createSecretive() {
        JsonObject headers =
                new JsonObject().put("Authorization", "Bearer hunter2").put("X-Plain", "plain");
        browsing.api()
                .create(
                        "Shop",
                        browsing.target().url("/shop"),
                        new JsonObject()
                                .put("method", "POST")
                                .put("headers", headers)
                                .put("body", "secret body")
                                .put("bodySecret", true));
    }

    private static Page edit(Look look, String query) {
        Page page = browsing.openSignedIn(look, "/admin/services?" + query);
        assertThat(Find.field(page, "Value of header 1")).isVisible();
        return page;
    }

    private static Page edit() {
        return edit(Look.DESKTOP, "edit=Shop");
    }

    private static Map<String, Object> stored(String name) {
        return browsing.api().withSecrets(name).getMap();
    }

    private static void saved(Page page) {
        Find.button(page, "Save").click();
        assertThat(Find.dialog(page)).hasCount(0);
    }

    private static void says(Locator field, String problem) {
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasAccessibleDescription(Pattern.compile(problem.replaceAll("[.()/]", "\\\\$0")));
    }

    @Test
    void a_secret_that_is_not_touched_is_kept() {
        createSecretive();
        Page page = edit();
        assertThat(Find.field(page, "Value of header 1")).hasValue("Stored, hidden");
        assertThat(Find.field(page, "Value of header 1")).not().isEditable();
        assertThat(Find.field(page, "Value of header 2")).hasValue("plain");
        assertThat(Find.field(page, "Request body")).hasValue("Stored, hidden");
        assertThat(page.locator("body")).not().containsText("hunter2");
        Find.field(page, "Value of header 2").fill("plainer");
        saved(page);
        assertThat(stored("Shop"))
                .containsEntry("headers", Map.of("Authorization", "Bearer hunter2", "X-Plain", "plainer"))
                .containsEntry("body", "secret body");
    }

    @Test
    void a_secret_is_replaced_or_kept_after_all() {
        createSecretive();
        Page page = edit();
        Find.button(page, "Replace the value of header 1").click();
        Locator value = Find.field(page, "Value of header 1");
        assertThat(value).isFocused();
        assertThat(value).hasValue("");
        assertThat(value).hasAttribute("type", "password");
        Find.button(page, "Save").click();
        says(value, "This field is required.");
        Find.button(page, "Keep the stored value of header 1").click();
        assertThat(value).hasValue("Stored, hidden");
        assertThat(value).not().hasAttribute("aria-invalid", "true");
        Find.button(page, "Replace the value of header 1").press("Enter");
        page.keyboard().type("Bearer next");
        Find.button(page, "Replace the request body").press("Enter");
        assertThat(Find.field(page, "Request body")).isFocused();
        assertThat(Find.field(page, "Request body")).hasValue("");
        Find.button(page, "Save").click();
        says(Find.field(page, "Request body"), "Enter the body, or clear “Keep the body secret”.");
        Find.button(page, "Keep the stored body").click();
        assertThat(Find.field(page, "Request body")).hasValue("Stored, hidden");
        Find.button(page, "Replace the request body").click();
        Find.field(page, "Request body").fill("next body");
        Axe.noViolations(page);
        saved(page);
        assertThat(stored("Shop"))
                .containsEntry("headers", Map.of("Authorization", "Bearer next", "X-Plain", "plain"))
                .containsEntry("body", "next body")
                .containsEntry("bodySecret", true);
    }

    @Test
    void a_secret_is_removed() {
        createSecretive();
        Page page = edit();
        Find.button(page, "Remove header 1").click();
        Find.button(page, "Remove the request body").click();
        assertThat(Find.field(page, "Request body")).isFocused();
        assertThat(Find.field(page, "Keep the body secret")).not().isChecked();
        saved(page);
        assertThat(stored("Shop")).containsEntry("headers", Map.of("X-Plain", "plain"));
        assertThat(stored("Shop").get("body")).isNull();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void at_another_address_each_secret_has_to_be_entered_again(Look look) {
        createSecretive();
        Page page = edit(look, "edit=Shop");
        String url = browsing.target().url("/shop").replace("127.0.0.1", "localhost");
        Find.field(page, "URL").fill(url);
        Find.button(page, "Save").click();
        says(Find.field(page, "Value of header 1"), OTHER_ADDRESS);
        says(Find.field(page, "Request body"), OTHER_ADDRESS);
        assertThat(Find.field(page, "Value of header 1")).isFocused();
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "form-secrets");

        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        assertThat(Find.field(page, "Value of header 1")).not().hasAttribute("aria-invalid", "true");
        Find.field(page, "URL").fill(url);
        Find.button(page, "Test").click();
        says(Find.field(page, "Value of header 1"), OTHER_ADDRESS);
        Find.button(page, "Replace the value of header 1").click();
        Find.field(page, "Value of header 1").fill("Bearer other");
        Find.button(page, "Replace the request body").click();
        Find.field(page, "Request body").fill("other body");
        look.take(page, "form-secrets-replaced");
        saved(page);
        assertThat(stored("Shop"))
                .containsEntry("url", url)
                .containsEntry("headers", Map.of("Authorization", "Bearer other", "X-Plain", "plain"))
                .containsEntry("body", "other body");
    }

    @Test
    void the_body_stays_a_secret_while_it_is_kept() {
        createSecretive();
        Page page = edit();
        Find.field(page, "Keep the body secret").uncheck();
        Find.button(page, "Save").click();
        says(Find.field(page, "Keep the body secret"), "The stored body stays secret. Replace or remove it first.");
        Find.button(page, "Remove the request body").click();
        saved(page);
        assertThat(stored("Shop").get("body")).isNull();
    }

    @Test
    void a_duplicate_asks_for_the_secrets_again() {
        createSecretive();
        Page page = edit(Look.DESKTOP, "add=Shop");
        assertThat(page.getByText("Secrets are not copied. Enter them again: Authorization, Request body."))
                .isVisible();
        Find.button(page, "Save").click();
        says(Find.field(page, "Value of header 1"), "This field is required.");
        says(Find.field(page, "Request body"), "Enter the body, or clear “Keep the body secret”.");
        Find.field(page, "Value of header 1").fill("Bearer copy");
        Find.field(page, "Request body").fill("copied body");
        saved(page);
        assertThat(stored("Shop (copy)"))
                .containsEntry("headers", Map.of("Authorization", "Bearer copy", "X-Plain", "plain"))
                .containsEntry("body", "copied body");
    }

    @Test
    void a_service_that_was_deleted_meanwhile_takes_its_secrets_along() {
        createSecretive();
        Page page = edit();
        assertThat(page.locator("service-line")).hasCount(1); // events resume from the loaded list
        browsing.api().delete("Shop");
        assertThat(page.getByText(Pattern.compile("deleted this service\\..*Enter them again: Authorization")))
                .isVisible();
        assertThat(Find.field(page, "Value of header 1")).hasValue("");
        assertThat(Find.button(page, "Keep the stored value of header 1")).hasCount(0);
    }

    @Test
    void what_the_server_says_of_a_header_stands_at_that_header() {
        createSecretive();
        Page page = edit();
        Find.button(page, "Add header").click();
        Find.field(page, "Name of header 3").fill("X-Plain-Too");
        Find.field(page, "Name of header 1").fill("X-Key");
        Find.button(page, "Save").click();
        says(Find.field(page, "Value of header 1"), "No value is stored yet. Enter one.");
        assertThat(Find.field(page, "Value of header 3")).not().hasAttribute("aria-invalid", "true");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_name_that_looks_like_anothers_is_saved_and_warned_of(Look look) {
        browsing.api().create("Shop", browsing.target().url("/shop"));
        Page page = browsing.openSignedIn(look, "/admin/services?add=");
        Find.field(page, "Name").fill("SHOP");
        Find.field(page, "URL").fill(browsing.target().url("/shop"));
        saved(page);
        Locator warning = Find.toast(page, "“SHOP” looks like the name of another service, “Shop”.");
        assertThat(warning).isVisible();
        assertThat(warning).hasClass(Pattern.compile("info"));
        assertThat(browsing.api().service("SHOP")).isNotNull();
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "look-alike");
        Find.button(warning, "Close").click();
        assertThat(warning).hasCount(0);
    }

    @Test
    void a_new_name_or_a_restored_service_is_warned_of_too_and_other_changes_are_not() {
        browsing.api().create("Shop", browsing.target().url("/shop"));
        browsing.api().create("Store", browsing.target().url("/shop"));
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/services?edit=Store");
        Find.field(page, "Group").fill("Sales");
        saved(page);
        assertThat(Find.toast(page, "Saved Store")).isVisible();
        assertThat(Find.toast(page, "looks like")).hasCount(0);
        page.navigate("/admin/services?edit=Store");
        Find.field(page, "Name").fill("ＳＨＯＰ");
        saved(page);
        assertThat(Find.toast(page, "“ＳＨＯＰ” looks like the name of another service, “Shop”."))
                .isVisible();

        Find.button(page, "More actions for ＳＨＯＰ").click();
        Find.named(page, AriaRole.MENUITEM, "Delete").click();
        Find.button(Find.dialog(page), "Delete").click();
        Find.button(Find.toast(page, "looks like"), "Close").click();
        Find.button(page, "Undo").click();
        assertThat(Find.toast(page, "Restored ＳＨＯＰ")).isVisible();
        assertThat(Find.toast(page, "“ＳＨＯＰ” looks like the name of another service, “Shop”."))
                .isVisible();
    }

    @Test
    void the_test_tells_which_server_answered() {
        String url = browsing.target().url("/shop");
        browsing.target().up("/shop");
        Page page = browsing.openSignedIn(Look.PHONE, "/admin/services?add=");
        Find.field(page, "URL").fill(url);
        Find.button(page, "Test").click();
        assertThat(page.locator(".test-result .peer"))
                .hasText("Server " + URI.create(url).getAuthority() + " · HTTP/1.1");
        Layout.fits(page);
        Axe.noViolations(page);
        Look.PHONE.take(page, "form-test");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void a_denied_address_is_explained_by_the_test(Look look) {
        Page page = browsing.openSignedIn(look, "/admin/services?add=");
        Find.field(page, "URL").fill("http://" + DENIED + ":9/");
        Find.button(page, "Test").click();
        Locator result = page.locator(".test-result");
        assertThat(result).containsText("This address is not allowed. No request was sent.");
        assertThat(result)
                .containsText("It is blocked by this server’s egress policy (rule “egress.deny " + DENIED + "”).");
        assertThat(result).containsText("with the egress.allow setting");
        assertThat(result).not().containsText("denied by egress policy");
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "form-denied");
    }
}
