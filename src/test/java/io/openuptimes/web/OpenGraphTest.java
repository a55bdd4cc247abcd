package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Link previews: the state in words, without running scripts. */
class OpenGraphTest {

    private static final String MARKUP = "\"><script>alert(1)</script>&{{head}}";
    private static final String ESCAPED = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{head}}";

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void fill() throws Exception {
        api.create(new JsonObject().put("name", "Shop").put("url", api.url(200)));
        api.create(new JsonObject().put("name", MARKUP).put("url", api.url(500)));
        api.create(
                new JsonObject().put("name", "Secret").put("url", api.url(500)).put("visible", false));
        api.create(new JsonObject().put("name", "Old").put("url", api.url(200)).put("paused", true));
        eventually(() -> assertThat(api.get("/").text()).contains("1 of 2 services is down."));
        eventually(() -> assertThat(api.get("/services/Shop").text()).contains("Shop is up."));
    }

    private static String meta(String property, String content) {
        return "<meta property=\"" + property + "\" content=\"" + content + "\">";
    }

    @Test
    void theStatusPageSaysHowManyServicesAreDownOfThoseThatVisitorsSee() {
        Answer page = api.get("/");

        assertThat(page.text())
                .contains(
                        "<title>OpenUptimes</title>",
                        "<meta name=\"description\" content=\"1 of 2 services is down.\">",
                        meta("og:type", "website"),
                        meta("og:site_name", "OpenUptimes"),
                        meta("og:title", "OpenUptimes"),
                        meta("og:description", "1 of 2 services is down."))
                .doesNotContain("Secret", "{{");
    }

    @Test
    void aServicesPageSaysItsState() {
        assertThat(api.get("/services/Shop").text())
                .contains(
                        "<title>Shop · OpenUptimes</title>",
                        meta("og:title", "Shop · OpenUptimes"),
                        meta("og:description", "Shop is up."));
        assertThat(api.get("/services/Old").text()).contains(meta("og:description", "Old is paused."));
    }

    @Test
    void aNameWithMarkupStaysText() {
        String path = "/services/-?name=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%26%7B%7Bhead%7D%7D";

        Answer page = api.get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("<title>" + ESCAPED + " · OpenUptimes</title>", meta("og:description", ESCAPED + " is down."))
                .doesNotContain("<script>alert");
    }

    @Test
    void whatIsNotThereHasNoPreview() {
        assertThat(api.get("/services/Secret").text()).doesNotContain("og:", "description");
        assertThat(api.get("/admin").text())
                .contains("<title>OpenUptimes</title>")
                .doesNotContain("og:");
    }

    @Test
    void anUnchangedPageIsNotSentAgainAndAnotherStateIsAnotherPage() {
        String shop = Objects.requireNonNull(api.get("/services/Shop").header("ETag"));

        assertThat(api.get("/services/Shop", "If-None-Match", shop).status()).isEqualTo(304);
        assertThat(api.get("/services/Old", "If-None-Match", shop).status()).isEqualTo(200);
        assertThat(api.get("/services/Shop").header("Cache-Control")).isEqualTo("no-cache");
    }
}
