package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For unknown paths, browsers get a page and programs a JSON error. */
class NotFoundPageTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void fill() throws Exception {
        for (String name : new String[] {"Shop", "a/b", ".."}) {
            api.create(new JsonObject().put("name", name).put("url", api.url(200)));
        }
        api.create(
                new JsonObject().put("name", "Secret").put("url", api.url(200)).put("visible", false));
        eventually(() -> assertThat(api.get("/services/Shop").status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nothing/below", "/apis", "/services", "/setup/more", "/wp-login.php"})
    void anUnknownPathIsAPageWithStatus404(String path) {
        Answer answer = api.get(path, "Accept", BROWSER);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
        assertThat(answer.text()).contains("<title>Page not found · OpenUptimes</title>", "/missing/main.js");
    }

    @ParameterizedTest
    @CsvSource({"/admin/services, 200", "/admin/services/, 200", "/admin/nothing, 404", "/admin/services/nothing, 404"})
    void theAdminsPageIsWhereItHasAView(String path, int status) {
        assertThat(api.get(path, "Accept", BROWSER).status()).isEqualTo(status);
    }

    /** With as many segments as a request line allows. */
    @Test
    void aPathOfThousandsOfSegmentsIsNotFoundEither() {
        assertThat(api.get("/a".repeat(7_000), "Accept", BROWSER).status()).isEqualTo(404);
        assertThat(api.get("/a".repeat(7_000) + "/api", "Accept", BROWSER).header("Content-Type"))
                .startsWith("application/json");
    }

    @Test
    void aNameThatIsMalformedIsTheCallersFault() {
        assertThat(api.send("GET", "/services/-?name=%FF", null, "Accept", BROWSER)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPageThatIsNotThereIsNeverAnsweredAsUnchanged() {
        assertThat(api.get("/nothing", "Accept", BROWSER).header("ETag")).isNull();
        assertThat(api.get("/nothing", "Accept", BROWSER, "If-None-Match", "*").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api, text/html",
        "GET, /api/nothing, text/html",
        "GET, /nothing, application/json",
        "GET, /nothing, 'application/json, */*;q=0.5'",
        "POST, /nothing, text/html",
        "DELETE, /nothing, text/html",
        "GET, /assets/1/nothing.js, */*",
        "GET, /assets/, text/html",
    })
    void programsGetJson(String method, String path, String accept) {
        Answer answer = api.send(method, path, "", "Accept", accept);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("Not found: there is nothing at this path");
    }

    @ParameterizedTest
    @CsvSource({
        "/services/Shop, 200",
        "/services/a%2Fb, 200",
        "/services/a/b, 200",
        "/services/-?name=.., 200",
        "/services/-?name=nobody, 404",
        "/services/-, 404",
        "/services/nothing, 404",
        "/services/shop, 404",
        "/services/Secret, 404",
        "/services/%FF, 404",
    })
    void aServicesPageIsThereIfVisitorsSeeTheService(String path, int status) {
        Answer answer = api.get(path, "Accept", BROWSER);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains("/service/main.js");
        assertThat(answer.text()).doesNotContain("Secret");
    }

    @Test
    void aHiddenServiceLooksLikeOneThatIsNotThere() {
        assertThat(api.get("/services/Secret").text())
                .isEqualTo(api.get("/services/nothing").text());
    }
}
