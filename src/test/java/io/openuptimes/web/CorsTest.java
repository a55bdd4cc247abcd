package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.EventReader;
import io.openuptimes.web.PublicReads.Read;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins can read public data only; those of allowed origins can use the whole API. */
class CorsTest {

    private static final String FOREIGN = "https://elsewhere.example";
    private static final String ALLOWED = "https://intranet.example.com";
    private static final String ANY = "*";

    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_ALLOWED_ORIGINS", ALLOWED);

    @RegisterExtension
    static final ApiServer closed = new ApiServer();

    @BeforeAll
    static void oneService() {
        api.create(PublicReads.SERVICE, api.url(200));
        closed.create(PublicReads.SERVICE, closed.url(200));
    }

    static Stream<Read> reads() throws IOException {
        return PublicReads.all();
    }

    private static Curl.Call call(ApiServer server, String method, String path, @Nullable String origin) {
        Curl.Call call = new Curl(server.port()).call(method, path).key(ApiServer.KEY);
        return origin == null ? call : call.with("Origin", origin);
    }

    private static Curl.Answer head(ApiServer server, String path, @Nullable String origin) {
        Curl.Call call = new Curl(server.port()).call("HEAD", path);
        return (origin == null ? call : call.with("Origin", origin)).send();
    }

    private static void assertPublic(Curl.Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ANY);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("ETag", "OpenUptimes-Event", "Retry-After", "RateLimit-Remaining");
    }

    private static void assertClosed(Curl.Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void everyPublicReadIsForPagesOfAnyOrigin(Read read) {
        for (String origin : new String[] {null, FOREIGN, "null"}) {
            Curl.Answer answer = head(closed, read.target(), origin);
            assertPublic(answer);
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(String.valueOf(answer.header("Vary"))).doesNotContain("Origin");
        }
    }

    @ParameterizedTest
    @MethodSource("reads")
    void withAllowedOriginsAnswersDependOnTheOrigin(Read read) {
        Curl.Answer foreign = head(api, read.target(), FOREIGN);
        assertPublic(foreign);
        assertThat(varies(foreign)).contains("Origin");
        Curl.Answer allowed = head(api, read.target(), ALLOWED);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(varies(allowed)).contains("Origin");
    }

    private static String varies(Curl.Answer answer) {
        return String.join(", ", answer.response().headers().allValues("Vary"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/history/nothing, 404",
        "/api/history/web?limit=many, 400",
        "/api/uptime, 400",
        "/api/site/logo, 404"
    })
    void errorsOfPublicReadsCanBeRead(String path, int status) {
        Curl.Answer answer =
                new Curl(closed.port()).get(path).with("Origin", FOREIGN).send();
        assertThat(answer.status()).isEqualTo(status);
        assertPublic(answer);
    }

    @Test
    void refusalsForTooManyRequestsCanBeRead() {
        AccessServer busy = new AccessServer(1);
        try {
            Curl.Answer answer = busy.get("/who").send();
            while (answer.status() == 200) {
                answer = busy.get("/who").send();
            }
            assertThat(answer.status()).isEqualTo(429);
            assertPublic(answer);
        } finally {
            busy.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/status", "/api/site", "/openapi.json"})
    void a304CanBeRead(String path) throws Exception {
        for (ApiServer server : List.of(api, closed)) {
            eventually(
                    () -> { // the first check has ended
                        String tag = new Curl(server.port()).get(path).send().header("ETag");
                        Curl.Answer answer = new Curl(server.port())
                                .get(path)
                                .with("If-None-Match", tag)
                                .with("Origin", FOREIGN)
                                .send();
                        assertThat(answer.status()).isEqualTo(304);
                        assertPublic(answer);
                    });
        }
        String tag = new Curl(api.port()).get(path).send().header("ETag");
        Curl.Answer allowed = new Curl(api.port())
                .get(path)
                .with("If-None-Match", tag)
                .with("Origin", ALLOWED)
                .send();
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
    }

    @Test
    void anEventStreamIsForPagesOfAnyOrigin() throws Exception {
        try (EventReader reader =
                new EventReader("http://127.0.0.1:" + closed.port() + "/api/events", "Accept-Encoding", "gzip")) {
            reader.await("summary", summary -> true);
            assertThat(reader.header("Access-Control-Allow-Origin")).isEqualTo(ANY);
            assertThat(reader.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(reader.header("Content-Encoding")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/services", "/api/keys", "/api/auth/session", "/api/audit", "/api/services/export", "/"})
    void whatIsNotPublicIsForNoOtherOrigin(String path) {
        assertClosed(call(closed, "GET", path, FOREIGN).send());
        assertClosed(call(api, "GET", path, FOREIGN).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/services", "/api/keys", "/api/auth/session", "/api/nothing"})
    void allowedOriginsReadAllOfTheApi(String path) {
        Curl.Answer answer = call(api, "GET", path, ALLOWED).send();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag");
        assertThat(varies(answer)).contains("Origin");
    }

    private static Curl.Answer preflight(ApiServer server, String path, String origin, String method) {
        return new Curl(server.port())
                .call("OPTIONS", path)
                .with("Origin", origin)
                .with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", "authorization,if-none-match")
                .send();
    }

    @ParameterizedTest
    @MethodSource("reads")
    void aPreflightForAPublicReadIsAllowedToAnyOrigin(Read read) {
        String path = read.target().replaceAll("\\?.*", "");
        for (String method : List.of("GET", "HEAD")) {
            Curl.Answer answer = preflight(closed, path, FOREIGN, method);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ANY);
            assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
            assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
            assertThat(answer.header("Access-Control-Allow-Headers"))
                    .contains("Authorization", "If-None-Match", "Last-Event-ID");
            assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/services, POST",
        "/api/services, GET",
        "/api/site, PATCH",
        "/api/auth/login, POST",
        "/api/auth/session, GET",
        "/api/status, DELETE",
        "/api/services/bulk, PUT"
    })
    void aPreflightForAnythingElseIsAllowedToAllowedOriginsOnly(String path, String method) {
        Curl.Answer foreign = preflight(api, path, FOREIGN, method);
        assertThat(foreign.status()).isEqualTo(204);
        assertThat(foreign.response().headers().map().keySet())
                .noneMatch(name -> name.startsWith("access-control-allow"));
        Curl.Answer allowed = preflight(api, path, ALLOWED, method);
        assertThat(allowed.status()).isEqualTo(204);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(allowed.header("Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "If-Match", "Idempotency-Key", "X-CSRF-Token");
        assertThat(varies(allowed)).contains("Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/status, 'GET, HEAD, OPTIONS'",
        "/api/ping-history/ttl, 'GET, HEAD, PATCH, OPTIONS'",
        "/readyz, 'GET, HEAD, OPTIONS'",
        "/, 'GET, HEAD, OPTIONS'"
    })
    void optionsThatAreNoPreflightSayWhatThereIs(String path, String methods) {
        Curl.Answer answer = new Curl(closed.port()).call("OPTIONS", path).send();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo(methods);
        assertThat(answer.header("Access-Control-Allow-Methods")).isNull();
    }
}
