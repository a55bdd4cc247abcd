package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Text from any field or checked server is shown as text on every page and never executed. */
class HostileTextBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    private static final String RAN = "window.hacked=1";
    private static final List<String> PAGES = List.of(
            "/", "/admin", "/admin/services", "/admin/history", "/admin/keys", "/admin/audit", "/admin/settings");

    @BeforeEach
    void nothing() {
        browsing.api().deleteAll();
    }

    @AfterEach
    void ownSite() {
        JsonObject site = new JsonObject().put("siteName", "Our services").put("footer", "");
        browsing.api().call("PATCH", "/api/site", site.putNull("logo").putNull("accent"));
    }

    /** As long as a group's name is allowed to be. */
    private static final String TEXT =
            "'\"><img src=x onerror=" + RAN + "><script>" + RAN + "</script>-->{{" + RAN + "}}";

    @Test
    void text_of_any_field_stays_text() {
        browsing.target().down("/hostile");
        JsonObject fields = new JsonObject().put("description", TEXT).put("group", TEXT);
        browsing.api().create(TEXT, browsing.target().url("/hostile"), fields);
        browsing.api().checkNow(TEXT);
        JsonObject site = new JsonObject().put("siteName", TEXT).put("footer", TEXT);
        browsing.api().call("PATCH", "/api/site", site);
        String key = browsing.api().makeKey(TEXT);

        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        for (String path : PAGES) {
            showsAsText(browsing.open(visitor, path));
        }
        Page service = browsing.open(visitor, "/services/" + Api.encoded(TEXT));
        showsAsText(service);
        Page history = browsing.open(visitor, "/admin/history?service=" + Api.encoded(TEXT));
        assertThat(history.locator("tbody tr")).not().hasCount(0);
        showsAsText(history);
        Page form = browsing.open(visitor, "/admin/services?edit=" + Api.encoded(TEXT));
        assertThat(Find.field(form, "Name")).hasValue(TEXT);
        showsAsText(form);
        browsing.api().revokeKey(key);
    }

    private static void showsAsText(Page page) {
        assertThat(Find.title(page).first()).isVisible();
        assertThat(page.locator("body")).containsText(TEXT);
        assertThat(page.evaluate("() => window.hacked")).as(page.url()).isNull();
        assertThat(page.locator("[onerror], [onload]")).hasCount(0);
        page.close();
    }

    @Test
    void what_a_checked_server_says_stays_text() {
        String hostile = "<img src=x onerror=" + RAN + ">";
        browsing.target().answers("/reason", TargetServer.answer(500, hostile, ""));
        browsing.target()
                .answers("/redirect", TargetServer.answer(302, "Found", "Location: http://" + hostile + "/\r\n"));
        browsing.target().answers("/garbage", hostile + "\r\n\r\n");
        for (String path : List.of("/reason", "/redirect", "/garbage")) {
            browsing.api().create(path, browsing.target().url(path));
            browsing.api().checkNow(path);
        }
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        for (String path : List.of("/", "/admin", "/services/%2Fredirect", "/admin/history?service=%2Fgarbage")) {
            Page page = browsing.open(visitor, path);
            assertThat(page.locator("main .status.down, main .verdict.down").first())
                    .isVisible();
            assertThat(page.evaluate("() => window.hacked")).isNull();
            assertThat(page.locator("[onerror]")).hasCount(0);
        }
    }

    @Test
    void a_logo_that_carries_a_script_does_not_run_it() {
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\" onload=\"" + RAN
                + "\"><script>" + RAN + "</script><rect width=\"8\" height=\"8\" fill=\"red\"/></svg>";
        String data =
                "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        browsing.api().call("PATCH", "/api/site", new JsonObject().put("logo", data));
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.locator(".site img")).isVisible();
        assertThat(page.evaluate("() => window.hacked")).isNull();
        // and opened directly
        browsing.watch().expect("policy");
        browsing.watch().expect("Content Security Policy");
        browsing.watch().expect("sandbox");
        Page alone = browsing.open(page.context(), page.locator(".site img").getAttribute("src"));
        assertThat(alone.evaluate("() => window.hacked")).isNull();
    }

    @Test
    void an_address_in_the_footer_is_a_link_and_no_other_scheme_is() {
        JsonObject site = new JsonObject().put("footer", "See http://127.0.0.1/help or javascript:" + RAN + ".");
        browsing.api().call("PATCH", "/api/site", site);
        Page page = browsing.open(Look.DESKTOP, "/");
        assertThat(page.locator(".page-foot .own a")).hasCount(1);
        assertThat(page.locator(".page-foot .own a")).hasAttribute("href", "http://127.0.0.1/help");
    }
}
