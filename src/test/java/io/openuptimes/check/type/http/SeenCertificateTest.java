package io.openuptimes.check.type.http;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.RawServer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which certificate a check reports. */
@Timeout(120)
class SeenCertificateTest extends ProberTestBase {

    @TempDir
    static Path directory;

    private static Certificates certificates;

    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() {
        certificates = Certificates.in(directory)
                .selfSigned("shop.example", "dns:shop.example")
                .selfSigned("other.example", "dns:other.example");
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> await(server.close()));
    }

    private String start(String name, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificates.pem(name).toString())
                                .setKeyPath(certificates.key(name).toString())))
                .requestHandler(handler);
        await(server.listen(0, "127.0.0.1"));
        servers.add(server);
        return "https://127.0.0.1:" + server.actualPort() + "/";
    }

    private static Handler<HttpServerRequest> redirectingTo(String url) {
        return request ->
                request.response().setStatusCode(302).putHeader("Location", url).end();
    }

    private static CheckResult careless(String url) {
        return probe(url, Map.of("ignoreTlsErrors", true));
    }

    @Test
    void isTheOneOfTheServiceWhereItRedirectsToAnotherServer() throws Exception {
        String other = start("other.example", request -> request.response().end());
        String url = start("shop.example", redirectingTo(other));
        CheckResult result = careless(url);
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        assertThat(result.peer().certificate().names()).containsExactly("shop.example");
        assertThat(other).contains(result.peer().address());
    }

    @Test
    void isKeptWhereItRedirectsToPlainHttp() throws Exception {
        try (RawServer plain = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            CheckResult result = careless(start("shop.example", redirectingTo(plain.url())));
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
            assertThat(result.peer().certificate().names()).containsExactly("shop.example");
            assertThat(result.peer().tlsVersion()).isNull();
        }
    }

    @Test
    void isTheOneOfTheServerThatPlainHttpRedirectsTo() throws Exception {
        String secure = start("shop.example", request -> request.response().end());
        try (RawServer plain =
                RawServer.answering("HTTP/1.1 301 Moved\r\nLocation: " + secure + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(careless(plain.url()).peer().certificate().names()).containsExactly("shop.example");
        }
    }

    @Test
    void isToldWhereItIsNotTrusted() {
        CheckResult result =
                probe(start("shop.example", request -> request.response().end()));
        assertThat(result.outcome()).isEqualTo(Outcome.TLS);
        ServerCertificate certificate = result.peer().certificate();
        assertThat(certificate.names()).containsExactly("shop.example");
        assertThat(certificate.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(certificate.validTo()).isGreaterThan(certificate.validFrom());
    }
}
