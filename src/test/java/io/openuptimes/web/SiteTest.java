package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Version;
import io.openuptimes.model.Scope;
import io.openuptimes.testing.Curl;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/site} and its logo, consistent across several event loops. */
class SiteTest {

    private static final String EVIL = "<script>alert(1)</script>\"'&amp;{{7*7}}${x}";
    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(2)</script></svg>";

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_INSTANCES", "3");

    @AfterEach
    void reset() {
        change(new JsonObject()
                .putNull("siteName")
                .putNull("accent")
                .putNull("footer")
                .putNull("logo"));
    }

    private static JsonObject site() {
        Answer answer = api.get("/api/site");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        return answer.json();
    }

    private static JsonObject change(JsonObject fields) {
        Answer answer = api.call("PATCH", "/api/site", fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonObject json = answer.json();
        assertThat(json.remove("success")).isEqualTo(true);
        return json;
    }

    private static JsonObject logo(@Nullable String svg) {
        String url = svg == null
                ? null
                : "data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
        return new JsonObject().put("logo", url);
    }

    @Test
    void changingItTakesTheScopeAdminOrASessionWithItsCsrfToken() {
        Callers callers = new Callers(api);
        callers.refuses("PATCH", "/api/site", "{}", Scope.ADMIN);
        assertThat(callers.bySession("PATCH", "/api/site", "{\"footer\": \"by session\"}")
                        .status())
                .isEqualTo(200);
        assertThat(site().getString("footer")).isEqualTo("by session");
    }

    @Test
    void untilItIsChangedItIsOurs() {
        assertThat(site())
                .isEqualTo(new JsonObject()
                        .put("siteName", "OpenUptimes")
                        .putNull("accent")
                        .put("footer", "")
                        .put("groupOrder", new JsonArray())
                        .putNull("logo")
                        .put("version", Version.CURRENT));
    }

    @Test
    void whatIsGivenChangesAndTheRestStays() {
        JsonObject changed = change(new JsonObject().put("siteName", "Ours ✓").put("accent", "#0aF9d2"));
        assertThat(changed.getString("siteName")).isEqualTo("Ours ✓");
        assertThat(changed.getString("accent")).isEqualTo("#0aF9d2");
        assertThat(site()).isEqualTo(changed);

        assertThat(change(new JsonObject().put("footer", "line\nline")))
                .isEqualTo(changed.copy().put("footer", "line\nline"));
        assertThat(change(new JsonObject())).isEqualTo(site());
        assertThat(change(new JsonObject().putNull("accent").putNull("siteName")))
                .isEqualTo(changed.copy()
                        .put("footer", "line\nline")
                        .put("siteName", "OpenUptimes")
                        .putNull("accent"));
    }

    @Test
    void noEventLoopAnswersWithWhatWasBefore() {
        List<Curl> connections =
                Stream.generate(() -> new Curl(api.port())).limit(6).toList();
        for (int i = 0; i < 30; i++) {
            change(new JsonObject().put("siteName", "name " + i));
            for (Curl connection : connections) { // distributed round-robin over the event loops
                assertThat(connection.get("/api/site").send().json().getString("siteName"))
                        .isEqualTo("name " + i);
            }
        }
    }

    @Test
    void textsComeBackAsDataWhateverTheyLookLike() {
        change(new JsonObject().put("siteName", EVIL).put("footer", EVIL));

        Answer answer = api.get("/api/site");
        assertThat(answer.json().getString("siteName")).isEqualTo(EVIL);
        assertThat(answer.json().getString("footer")).isEqualTo(EVIL);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"siteName\": \"\"}        | siteName: ",
                "{\"siteName\": \"  \"}      | siteName: ",
                "{\"siteName\": \"a\\nb\"}   | siteName: ",
                "{\"siteName\": 1}           | siteName: ",
                "{\"accent\": \"red\"}       | accent: ",
                "{\"accent\": \"#12345\"}    | accent: ",
                "{\"accent\": \"#12345g\"}   | accent: ",
                "{\"accent\": \"#1234567\"}  | accent: ",
                "{\"accent\": \"\"}          | accent: ",
                "{\"footer\": \"\\u0000\"}   | footer: ",
                "{\"footer\": {}}            | footer: ",
                "{\"logo\": \"\"}            | logo: ",
                "{\"logo\": \"data:text/html;base64,AAAA\"} | logo: ",
                "{\"logo\": true}            | logo: ",
                "{\"version\": \"2\"}        | version: unknown field",
                "[]                          | body: "
            })
    void whatBreaksARuleIsA400ThatNamesTheField(String body, String message) {
        JsonObject before = site();
        Answer answer = api.call("PATCH", "/api/site", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith(message);
        assertThat(site()).isEqualTo(before);
    }

    @Test
    void textsHaveTheirBounds() {
        change(new JsonObject().put("siteName", "✓".repeat(100)).put("footer", "✓".repeat(2000)));
        assertThat(api.call("PATCH", "/api/site", new JsonObject().put("siteName", "a".repeat(101)))
                        .status())
                .isEqualTo(400);
        assertThat(api.call("PATCH", "/api/site", new JsonObject().put("footer", "a".repeat(2001)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theLogoIsServedUnderAPolicyThatLetsNothingInItRun() {
        String where = change(logo(SVG)).getString("logo");
        assertThat(where).matches("/api/site/logo\\?v=[0-9a-f]{16}");
        assertThat(api.get("/api/site").text()).doesNotContain("svg", "base64");

        Answer image = api.get(where);
        assertThat(image.status()).isEqualTo(200);
        assertThat(image.text()).isEqualTo(SVG);
        assertThat(image.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(image.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(image.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        assertThat(image.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void onlyTheCurrentVersionMayBeKept() {
        String first = change(logo(SVG)).getString("logo");
        String second = change(logo(SVG.replace("alert(2)", ""))).getString("logo");
        assertThat(second).isNotEqualTo(first);

        for (String path : new String[] {first, "/api/site/logo", "/api/site/logo?v="}) {
            Answer image = api.get(path);
            assertThat(image.status()).as(path).isEqualTo(200);
            assertThat(image.header("Cache-Control")).as(path).isEqualTo("no-cache");
            assertThat(image.text()).doesNotContain("alert(2)");
        }
        String tag = api.get(second).header("ETag");
        Answer known = api.get("/api/site/logo", "If-None-Match", tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.text()).isEmpty();
        assertThat(api.get(second + "&v=x").status()).isEqualTo(400);
        assertThat(api.send("HEAD", second, null).header("Content-Length"))
                .isEqualTo("" + SVG.replace("alert(2)", "").length());
    }

    @Test
    void withoutALogoThereIsA404() {
        String where = change(logo(SVG)).getString("logo");
        change(new JsonObject().put("footer", "the logo stays"));
        assertThat(api.get(where).status()).isEqualTo(200);

        assertThat(change(logo(null)).getValue("logo")).isNull();
        assertThat(api.get(where).status()).isEqualTo(404);
        assertThat(api.get(where).message()).isEqualTo("No logo is set");
    }
}
