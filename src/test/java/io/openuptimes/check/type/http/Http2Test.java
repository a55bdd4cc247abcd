package io.openuptimes.check.type.http;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Certificates;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that support HTTP/2, some of them nothing else. */
@Timeout(120)
class Http2Test extends ProberTestBase {

    @TempDir
    static Path directory;

    private static PemKeyCertOptions certificate;

    /** A request as received by the server. */
    record Seen(
            HttpVersion version,
            String method,
            String uri,
            String authority,
            Map<String, String> headers,
            String body) {}

    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Certificates certificates = Certificates.in(directory).signed("localhost", "dns:localhost,ip:127.0.0.1");
        certificate = new PemKeyCertOptions()
                .setCertPath(certificates.pem("localhost").toString())
                .setKeyPath(certificates.key("localhost").toString());
    }

    @AfterEach
    void stop() {
        await(server.close());
    }

    private String start(List<HttpVersion> versions, Handler<HttpServerRequest> handler) {
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(versions)
                        .setKeyCertOptions(certificate))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, String> headers = new HashMap<>();
                    request.headers().forEach(headers::put);
                    seen.add(new Seen(
                            request.version(),
                            request.method().name(),
                            request.uri(),
                            String.valueOf(request.authority()),
                            headers,
                            body.toString()));
                    handler.handle(request);
                }));
        await(server.listen(0, "127.0.0.1"));
        return "https://127.0.0.1:" + server.actualPort() + "/";
    }

    private Seen next() throws InterruptedException {
        Seen next = seen.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("no request came").isNotNull();
        return next;
    }

    private static CheckResult check(String url, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("ignoreTlsErrors", true);
        return probe(url, all);
    }

    @Test
    void isSpokenWhereTheServerSpeaksIt() throws Exception {
        String url = start(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1), request -> request.response()
                .end("ok"));
        CheckResult result = check(url + "a?b=c", Map.of("headers", Map.of("X-Token", "s3cret")));
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        assertThat(result.peer().protocol()).isEqualTo("HTTP/2");
        assertThat(result.peer().tlsVersion()).isEqualTo("TLSv1.3");
        assertThat(result.peer().address()).isEqualTo("127.0.0.1:" + server.actualPort());
        Seen request = next();
        assertThat(request.version).isEqualTo(HttpVersion.HTTP_2);
        assertThat(request.uri).isEqualTo("/a?b=c");
        assertThat(request.authority).isEqualTo("127.0.0.1:" + server.actualPort());
        assertThat(request.headers)
                .containsEntry("x-token", "s3cret")
                .containsEntry("accept", "*/*")
                .containsKey("user-agent")
                .doesNotContainKeys("host", "connection");
    }

    @Test
    void isSpokenWithAServerOfNothingElse() throws Exception {
        String url =
                start(List.of(HttpVersion.HTTP_2), request -> request.response().end("ok"));
        assertThat(check(url, Map.of()).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void givesWayToHttp1() throws Exception {
        String url = start(
                List.of(HttpVersion.HTTP_1_1), request -> request.response().end("ok"));
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        assertThat(result.peer().protocol()).isEqualTo("HTTP/1.1");
    }

    @Test
    void sendsMethodBodyAndAHostOfTheService() throws Exception {
        String url = start(
                List.of(HttpVersion.HTTP_2),
                request -> request.response().setStatusCode(201).end());
        CheckResult result = check(
                url,
                Map.of(
                        "method",
                        "POST",
                        "body",
                        "{\"ü\":1}",
                        "expectedStatus",
                        201,
                        "headers",
                        Map.of("Host", "www.example.org", "Content-Type", "application/json")));
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        Seen request = next();
        assertThat(request.method).isEqualTo("POST");
        assertThat(request.body).isEqualTo("{\"ü\":1}");
        assertThat(request.authority).isEqualTo("www.example.org");
        assertThat(request.headers)
                .containsEntry("content-length", "8")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void followsRedirects() throws Exception {
        String url = start(List.of(HttpVersion.HTTP_2), request -> {
            if (request.path().equals("/")) {
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/next")
                        .end();
            } else {
                request.response().end("ok");
            }
        });
        assertThat(check(url, Map.of()).outcome()).isEqualTo(Outcome.UP);
        assertThat(next().uri).isEqualTo("/");
        assertThat(next().uri).isEqualTo("/next");
    }

    @Test
    void tellsAnotherStatus() throws Exception {
        String url = start(
                List.of(HttpVersion.HTTP_2),
                request -> request.response().setStatusCode(503).end());
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome()).isEqualTo(Outcome.STATUS);
        assertThat(result.error()).isEqualTo("expected 200, got 503");
    }

    @Test
    void takesAHeadOfTwoHundredKilobytesAndABodyThatIsCutOff() throws Exception {
        String url = start(List.of(HttpVersion.HTTP_2), request -> {
            for (int i = 0; i < 20; i++) {
                request.response().putHeader("x-" + i, "v".repeat(10_000));
            }
            request.response().setChunked(true);
            request.response().end(Buffer.buffer(new byte[8 << 20]));
        });
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
    }

    @Test
    void tellsAStreamThatWasReset() throws Exception {
        String url =
                start(List.of(HttpVersion.HTTP_2), request -> request.response().reset(2));
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome()).isEqualTo(Outcome.PROTOCOL);
        assertThat(result.error()).isEqualTo("the server reset the HTTP/2 stream (INTERNAL_ERROR)");
    }

    @Test
    void tellsAConnectionThatWasClosed() throws Exception {
        String url = start(
                List.of(HttpVersion.HTTP_2), request -> request.connection().close());
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome())
                .as(result.error() + ", requests " + seen.size())
                .isEqualTo(Outcome.PROTOCOL);
    }

    @Test
    void asksAgainInHttp1WhereTheServerWantsThat() throws Exception {
        String url = start(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1), request -> {
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset(13); // HTTP_1_1_REQUIRED
            } else {
                request.response().end("ok");
            }
        });
        CheckResult result = check(url, Map.of());
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        assertThat(result.peer().protocol()).isEqualTo("HTTP/1.1");
    }
}
