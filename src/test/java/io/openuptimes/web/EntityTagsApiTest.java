package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A matching ETag gives a 304 in every format. */
class EntityTagsApiTest {

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void oneService() {
        api.create("web", api.url(200));
        api.call("GET", "/api/ping", (String) null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/status",
                "/api/status?limit=10",
                "/api/history/web",
                "/api/history?service=web",
                "/api/uptime?service=web",
                "/api/transitions",
                "/api/response-times?service=web&from=0&to=1000",
                "/api/site",
                "/openapi.yaml",
                "/openapi.json"
            })
    void whatTheCallerHasIsNotSentAgain(String path) throws Exception {
        eventually(
                () -> { // previous changes have been reported, and no hour starts in between
                    Answer plain = api.get(path);
                    String tag = plain.header("ETag");
                    assertThat(tag).as(plain.toString()).matches("\"[0-9a-z]{16,}\"");
                    assertThat(plain.header("Cache-Control")).isEqualTo("no-cache");

                    Answer compressed = api.get(path, "Accept-Encoding", "gzip");
                    assertThat(compressed.header("ETag"))
                            .isEqualTo(
                                    "gzip".equals(compressed.header("Content-Encoding"))
                                            ? tag.substring(0, tag.length() - 1) + "-gzip\""
                                            : tag);
                    for (String known : new String[] {tag, "\"x\", W/" + tag, "*", compressed.header("ETag")}) {
                        Answer again = api.get(path, "If-None-Match", known);
                        assertThat(again.status()).as(known).isEqualTo(304);
                        assertThat(again.header("ETag")).isEqualTo(tag);
                        assertThat(again.header("Date")).isNotNull();
                        assertThat(again.text()).isEmpty();
                    }
                    String within = "\"a" + tag.substring(1);
                    assertThat(api.get(path, "If-None-Match", within).status()).isEqualTo(200);
                });
    }

    @Test
    void anotherContentHasAnotherTag() {
        String before = api.get("/api/site").header("ETag");
        api.call("PATCH", "/api/site", "{\"footer\":\"Mended\"}");

        assertThat(api.get("/api/site", "If-None-Match", before).status()).isEqualTo(200);
    }
}
