package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Scope;
import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD responds like GET, but neither checks nor waits. */
class HeadTest {

    private static final int MAX_WAIT_MS = 60_000;

    @RegisterExtension
    static final ApiServer api = new ApiServer().withPingPace(600_000);

    @BeforeAll
    static void oneService() {
        api.create("a", api.url(200));
        assertThat(ping().status()).isEqualTo(200);
    }

    private static Answer ping() {
        return api.getWithKey("/api/ping");
    }

    private static Answer head(String path) {
        return api.call("HEAD", path, (String) null);
    }

    private static List<Long> checks() {
        return api.getWithKey("/api/history/a").json().getJsonArray("history").stream()
                .map(entry -> ((JsonObject) entry).getLong("timestamp"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/ping", "/api/ping?service=a"})
    void thatOfAPingChecksNothing(String path) {
        List<Long> before = checks();

        Answer answer = head(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(checks()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"/api/ping?service=nobody, 404", "/api/ping?service=, 400", "/api/ping?other=a, 400"})
    void thatOfAPingSaysWhatIsWrong(String path, int status) {
        assertThat(head(path).status()).isEqualTo(status);
        assertThat(api.getWithKey(path).status()).isEqualTo(status);
    }

    @Test
    void thatOfAPingDoesNotHaveToWaitForTheNextOne() {
        String reader = new Callers(api).key(Scope.READ);

        Answer answer = api.send("HEAD", "/api/ping", null, "Authorization", "Bearer " + reader);

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/status?since=EVENT&wait=60",
                "/api/status/changes?since=EVENT&wait=60",
                "/api/services?since=EVENT&wait=60",
                "/api/services/changes?since=EVENT&wait=60",
                "/api/transitions?since=EVENT&wait=60"
            })
    void thatOfAListOfChangesDoesNotWait(String path) {
        String event = String.valueOf(api.getWithKey("/api/status").header("OpenUptimes-Event"));
        long start = System.nanoTime();

        Answer answer = head(path.replace("EVENT", event));

        assertThat(answer.status()).isEqualTo(200);
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(MAX_WAIT_MS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/transitions?wait=5", "/api/status?wait=5", "/api/status?since=1-1&wait=61"})
    void aWaitThatIsWrongIsWrongForItToo(String path) {
        assertThat(head(path).status()).isEqualTo(400);
    }
}
