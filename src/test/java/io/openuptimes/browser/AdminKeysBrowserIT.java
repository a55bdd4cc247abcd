package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The API keys on the admin pages. */
class AdminKeysBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void nothing() {
        browsing.api().get("/api/keys").getJsonArray("keys").stream()
                .map(JsonObject.class::cast)
                .forEach(key -> browsing.api().revokeKey(key.getString("id")));
    }

    private static Locator row(Page page, String name) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static int callWith(String key, String method, String path) {
        return browsing.api().curl().call(method, path).key(key).status();
    }

    @Test
    void a_key_is_shown_once_copied_used_and_revoked() throws Exception {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        assertThat(page.getByText("No keys yet")).isVisible();
        Axe.noViolations(page);
        Find.button(page, "Create key").click();
        Find.button(Find.dialog(page), "Create key").click();
        assertThat(Find.field(page, "Name")).hasAttribute("aria-invalid", "true");
        Find.field(page, "Name").fill("dashboard");
        assertThat(page.getByLabel("Read")).isChecked();
        Axe.noViolations(page);
        Find.button(Find.dialog(page), "Create key").click();

        String key = Find.field(page, "API key").inputValue();
        Axe.noViolations(page);
        Browsing.stopTime(page); // the confirmation disappears after two seconds
        Find.dialog(page)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Copy.*")))
                .first()
                .click();
        assertThat(Find.dialog(page)).containsText(Pattern.compile("Copied|copied"));
        page.clock().resume();
        assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(key);
        // the key is not shown again: only the button closes the dialog
        page.keyboard().press("Escape");
        assertThat(Find.field(page, "API key")).hasValue(key);
        Find.button(page, "I’ve stored it").click();
        assertThat(cell(row(page, "dashboard"), "Last used")).hasText("never");
        assertThat(page.locator("body")).not().containsText(key);
        assertThat(row(page, "dashboard")).containsText(key.substring(0, 6));

        assertThat(callWith(key, "GET", "/api/services")).isEqualTo(200);
        assertThat(callWith(key, "DELETE", "/api/ping-history")).isEqualTo(403);
        eventually(() -> assertThat(browsing.api()
                        .get("/api/keys")
                        .getJsonArray("keys")
                        .getJsonObject(0)
                        .getLong("lastUsed"))
                .isNotNull());
        page.reload();
        assertThat(cell(row(page, "dashboard"), "Last used")).not().hasText("never");

        Find.button(page, "Revoke dashboard").click();
        Axe.noViolations(page);
        Find.button(Find.dialog(page), "Revoke").click();
        assertThat(Find.toast(page, "Revoked key “dashboard”")).isVisible();
        assertThat(page.getByText("No keys yet")).isVisible();
        assertThat(callWith(key, "GET", "/api/services")).isEqualTo(401);
    }

    @Test
    void a_key_has_the_scope_that_was_chosen() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Create key").click();
        Find.field(page, "Name").fill("pipeline");
        page.getByText("Also run checks, and add, edit").click();
        Find.button(Find.dialog(page), "Create key").click();
        String key = Find.field(page, "API key").inputValue();
        assertThat(callWith(key, "DELETE", "/api/ping-history")).isEqualTo(200);
        assertThat(callWith(key, "GET", "/api/keys")).isEqualTo(403);
        Find.button(page, "I’ve stored it").click();
        assertThat(row(page, "pipeline")).containsText("Write");
        Find.button(page, "Revoke pipeline").click();
        Find.button(Find.dialog(page), "Revoke").click();
        assertThat(row(page, "pipeline")).hasCount(0);
    }

    @Test
    void a_key_is_limited_to_labels_a_time_and_a_rate() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Create key").click();
        Find.field(page, "Name").fill("shop pipeline");
        Find.field(page, "Limit to services with these labels").fill("team=shop, env!=test");
        assertThat(Find.field(page, "Date and time")).hasCount(0);
        Find.field(page, "Expires").selectOption("In 90 days");
        assertThat(Find.field(page, "Date and time")).hasValue(local(90));
        assertThat(Find.field(page, "Date and time"))
                .hasAccessibleDescription(Pattern.compile("In your time zone: Europe/Berlin\\."));
        Find.field(page, "Date and time").fill("2045-07-01T12:00");
        assertThat(Find.field(page, "Expires")).hasValue("custom");
        Find.field(page, "Requests per second").fill("5");
        Axe.noViolations(page);
        Find.button(Find.dialog(page), "Create key").click();
        assertThat(Find.dialog(page)).containsText("It expires on Jul 1, 2045, 12:00 PM.");
        String key = Find.field(page, "API key").inputValue();
        Find.button(page, "I’ve stored it").click();

        JsonObject stored = key("shop pipeline");
        assertThat(stored.getMap())
                .containsEntry("scope", "read")
                .containsEntry("selector", "team=shop,env!=test")
                .containsEntry(
                        "expiresAt", Instant.parse("2045-07-01T10:00:00Z").toEpochMilli())
                .containsEntry("rateLimit", 5);
        assertThat(callWith(key, "GET", "/api/services")).isEqualTo(200);
        Locator row = row(page, "shop pipeline");
        assertThat(cell(row, "Services")).hasText("team=shop,env!=test");
        assertThat(cell(row, "Expires")).hasText("Jul 1, 2045, 12:00 PM");
        assertThat(cell(row, "Rate limit")).hasText("5 requests/s");
        assertThat(cell(row, "Last used")).hasText("never");
    }

    @Test
    void what_is_wrong_with_a_key_is_said_at_its_field() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Create key").click();
        Locator create = Find.button(Find.dialog(page), "Create key");
        Locator expiry = Find.field(page, "Date and time");
        Find.field(page, "Expires").selectOption("On a custom date");
        expiry.fill("");
        Find.field(page, "Requests per second").fill("1.5");
        create.click();
        says(Find.field(page, "Name"), "This field is required.");
        says(expiry, "Enter a date and time.");
        says(Find.field(page, "Requests per second"), "Enter a whole number from 1 to 1,000,000.");
        assertThat(Find.field(page, "Name")).isFocused();
        Find.field(page, "Name").fill("k");
        expiry.fill("2001-01-01T00:00");
        Find.field(page, "Requests per second").fill("2");
        create.click();
        says(expiry, "Choose a time in the future.");
        assertThat(expiry).isFocused();
        Axe.noViolations(page);

        // validated only by the server
        Find.field(page, "Expires").selectOption("Never");
        Find.field(page, "Limit to services with these labels").fill("not a label");
        create.click();
        says(
                Find.field(page, "Limit to services with these labels"),
                "Enter labels such as team=shop, env!=test, team or !team, separated by commas.");
        assertThat(Find.field(page, "Limit to services with these labels")).isFocused();
        Find.field(page, "Limit to services with these labels").fill("");
        Find.field(page, "Name").fill("a\u202eb");
        create.click();
        says(
                Find.field(page, "Name"),
                "Control characters, invisible characters and characters that change the text direction aren’t allowed.");
        assertThat(browsing.api().get("/api/keys").getJsonArray("keys")).isEmpty();
    }

    @Test
    void all_of_the_form_goes_by_keyboard() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Create key").press("Enter");
        assertThat(Find.field(page, "Name")).isFocused();
        page.keyboard().type("typed");
        for (String key : List.of("Tab", "ArrowDown", "Tab", "t", "e", "a", "m", "Tab", "ArrowDown")) {
            page.keyboard().press(key);
        }
        assertThat(page.getByLabel("Write")).isChecked();
        assertThat(Find.field(page, "Expires")).hasValue("month");
        Find.field(page, "Requests per second").focus();
        page.keyboard().type("7");
        page.keyboard().press("Enter");
        assertThat(Find.field(page, "API key")).isFocused();
        Find.button(page, "I’ve stored it").press("Enter");
        assertThat(row(page, "typed")).containsText("7 requests/s");
        assertThat(key("typed").getMap()).containsEntry("scope", "write").containsEntry("selector", "team");
    }

    @Test
    void what_was_typed_for_a_key_is_not_lost_without_a_question() {
        Page page = browsing.openSignedIn(Look.DESKTOP, "/admin/keys");
        Find.button(page, "Create key").click();
        Find.field(page, "Requests per second").fill("7");
        page.keyboard().press("Escape");
        assertThat(page.getByText("Leave without saving?")).isVisible();
        page.keyboard().press("Escape");
        Find.field(page, "Requests per second").fill("");
        page.keyboard().press("Escape");
        assertThat(Find.dialog(page)).hasCount(0);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void keys_that_expire_or_have_expired_stand_out(Look look) throws Exception {
        long now = System.currentTimeMillis();
        create("for ever", new JsonObject());
        create(
                "soon",
                new JsonObject().put("expiresAt", now + Duration.ofHours(75).toMillis()));
        create(
                "later",
                new JsonObject().put("expiresAt", now + Duration.ofDays(8).toMillis()));
        // retry if it expired before the server received it, which then rejects it
        eventually(() -> create(
                "over",
                new JsonObject()
                        .put("expiresAt", System.currentTimeMillis() + 1_000)
                        .put("selector", "team=shop")
                        .put("rateLimit", 20)));
        eventually(() -> assertThat(key("over").getBoolean("expired")).isTrue());
        Page page = browsing.openSignedIn(look, "/admin/keys");
        assertThat(cell(row(page, "for ever"), "Expires")).hasText("never");
        assertThat(cell(row(page, "for ever"), "Services")).hasText("All");
        assertThat(cell(row(page, "for ever"), "Rate limit")).hasText("Default");
        assertThat(cell(row(page, "soon"), "Expires")).containsText("in 3 days");
        assertThat(cell(row(page, "later"), "Expires")).not().containsText("in 8 days");
        assertThat(cell(row(page, "later"), "Expires")).not().containsText("in 7 days");
        assertThat(cell(row(page, "over"), "Expires")).containsText("Expired");
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "keys-limited");
        Find.button(page, "Create key").click();
        Find.field(page, "Name").fill("shop pipeline");
        Find.field(page, "Expires").selectOption("In 1 year");
        Find.field(page, "Requests per second").fill("0");
        Find.button(Find.dialog(page), "Create key").click();
        says(Find.field(page, "Requests per second"), "Enter a whole number from 1 to 1,000,000.");
        Layout.fits(page);
        Axe.noViolations(page);
        look.take(page, "key-form");
    }

    static List<Look> looks() {
        return Look.ALL;
    }

    @Test
    void the_form_speaks_german() {
        Page page = browsing.openSignedIn(Look.PHONE.german(), "/admin/keys");
        Find.button(page, "Schlüssel erstellen").click();
        Find.field(page, "Läuft ab").selectOption("In 1 Jahr");
        Find.field(page, "Anfragen pro Sekunde").fill("0");
        Find.button(Find.dialog(page), "Schlüssel erstellen").click();
        says(Find.field(page, "Anfragen pro Sekunde"), "Geben Sie eine ganze Zahl von 1 bis 1.000.000 ein.");
        assertThat(Find.field(page, "Datum und Uhrzeit")).isVisible();
        Layout.fits(page);
        Axe.noViolations(page);
    }

    private static Locator cell(Locator row, String column) {
        return row.locator("td[data-label='" + column + "']");
    }

    private static void says(Locator field, String problem) {
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasAccessibleDescription(Pattern.compile(problem.replaceAll("[.()/]", "\\\\$0")));
    }

    /** A datetime-local value this many days from now, or from a minute ago, since midnight may have passed. */
    private static Pattern local(int days) {
        ZonedDateTime then = ZonedDateTime.now(ZoneId.of("Europe/Berlin")).plusDays(days);
        return Pattern.compile("(" + then.minusMinutes(1).toLocalDate() + "|" + then.toLocalDate() + ")T\\d\\d:\\d\\d");
    }

    private static void create(String name, JsonObject limits) {
        browsing.api().makeKey(name, limits);
    }

    private static JsonObject key(String name) {
        return browsing.api().get("/api/keys").getJsonArray("keys").stream()
                .map(JsonObject.class::cast)
                .filter(key -> key.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
