package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.ApiServer.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types and content codings of requests, in any case and with all names in use. */
class MediaTypesTest {

    private static final String AUTHORIZATION = "Bearer " + ApiServer.KEY;

    @RegisterExtension
    static final ApiServer api = new ApiServer();

    @BeforeAll
    static void oneService() {
        api.create("web", api.url(200));
    }

    private static Answer send(String method, String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = AUTHORIZATION;
        return api.send(method, path, body, all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=UTF-8",
                "application/json ; charset=utf-8",
                "application/merge-patch+json"
            })
    void jsonIsTaken(String type) {
        assertThat(send("PATCH", "/api/site", "{\"footer\":\"a\"}", "Content-Type", type)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-ndjson",
                "application/ndjson",
                "Application/NDJSON; charset=utf-8",
                "application/jsonl",
                "application/x-jsonlines"
            })
    void linesOfJsonAreTakenAndAnsweredByAnyName(String type) {
        String line = "{\"name\":\"web\",\"url\":\"" + api.url(200) + "\"}\n";
        assertThat(send("PUT", "/api/services/bulk?dryRun=true", line, "Content-Type", type)
                        .status())
                .isEqualTo(200);
        for (String path : new String[] {"/api/services/export", "/api/history/web", "/api/audit"}) {
            Answer lines = send("GET", path, null, "Accept", type.replaceAll(";.*", ""));
            assertThat(lines.status()).as(path).isEqualTo(200);
            assertThat(lines.header("Content-Type")).as(path).isEqualTo("application/x-ndjson");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/services, gzip",
        "PUT, /api/services/bulk, GZIP",
        "PATCH, /api/site, 'identity, br'",
        "POST, /api/setup/complete, deflate"
    })
    void aCodedBodyIsRefused(String method, String path, String coding) {
        Answer answer = send(method, path, "{}", "Content-Type", "application/json", "Content-Encoding", coding);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.message())
                .isEqualTo("Content-Encoding: must be identity, not " + coding.replace("identity, ", ""));
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity"})
    void aBodyAsItIsMaySaySo(String coding) {
        assertThat(send(
                                "PATCH",
                                "/api/site",
                                "{\"footer\":\"b\"}",
                                "Content-Type",
                                "application/json",
                                "Content-Encoding",
                                coding)
                        .status())
                .isEqualTo(200);
    }
}
