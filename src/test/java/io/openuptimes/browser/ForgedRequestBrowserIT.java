package io.openuptimes.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another site cannot use the session of a signed-in user (CSRF). */
class ForgedRequestBrowserIT {

    @RegisterExtension
    static final Browsing browsing = new Browsing();

    @BeforeEach
    void oneService() {
        browsing.api().deleteAll();
        browsing.api().create("Shop", browsing.target().url("/shop"));
    }

    /** Another port of the same host is a different origin but the same site, so the browser does send the cookie. */
    @Test
    void a_form_or_a_script_of_another_origin_changes_nothing() {
        String api = "http://127.0.0.1:" + browsing.app().port() + "/api/services";
        browsing.target()
                .serves(
                        "/evil",
                        "<form method=post enctype=text/plain action=\"" + api + "\"><input name='{\"name\":\"Evil\","
                                + "\"url\":\"http://127.0.0.1/\",\"description\":\"' value='\"}'><button>Win</button></form>"
                                + "<script>window.ended = Promise.allSettled([fetch('" + api + "', {method: 'POST',"
                                + " mode: 'no-cors', credentials: 'include', body: '{\"name\":\"Evil\",\"url\":\"http://127.0.0.1/\"}'}),"
                                + " fetch('" + api + "?name=Shop', {method: 'DELETE', credentials: 'include'}),"
                                + " fetch('" + api + "', {credentials: 'include'})])"
                                + ".then((all) => all.map((one) => one.status).join());</script>");
        browsing.watch().expect("CORS policy");
        browsing.watch().expect("net::ERR_FAILED");
        browsing.watch().expect("net::ERR_BLOCKED_BY_RESPONSE");
        browsing.watch().expect("/favicon.ico");
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        Page page = browsing.open(visitor, browsing.target().url("/evil"));
        assertThat((String) page.evaluate("() => window.ended")).endsWith("rejected,rejected");
        page.getByText("Win").click();
        assertThat(page.locator("body")).containsText("error");
        assertThat(browsing.api().services()).hasSize(1);
        assertThat(browsing.api().service("Shop")).isNotNull();
    }

    @Test
    void a_session_without_its_token_changes_nothing() {
        BrowserContext visitor = browsing.visitor(Look.DESKTOP);
        browsing.signIn(visitor);
        APIResponse without = visitor.request()
                .post(
                        "/api/services",
                        RequestOptions.create().setData(Map.of("name", "X", "url", "http://127.0.0.1/")));
        assertThat(without.status()).isEqualTo(403);
        APIResponse wrong = visitor.request()
                .delete("/api/services?name=Shop", RequestOptions.create().setHeader("X-CSRF-Token", "guessed"));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(browsing.api().services()).hasSize(1);
    }

    @Test
    void no_other_page_can_frame_these() {
        browsing.target()
                .serves(
                        "/frame",
                        "<iframe src=\"http://127.0.0.1:" + browsing.app().port() + "/admin\"></iframe>");
        browsing.watch().expect("frame");
        browsing.watch().expect("net::ERR_BLOCKED_BY_RESPONSE");
        browsing.watch().expect("/favicon.ico");
        Page page = browsing.open(Look.DESKTOP, browsing.target().url("/frame"));
        page.waitForLoadState();
        assertThat(page.frames().get(1).locator("sign-in-form").count()).isZero();
    }
}
