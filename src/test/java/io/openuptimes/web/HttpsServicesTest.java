package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.ServerCertificate;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the whole service reports about TLS and HTTP/2 servers. */
@Timeout(180)
class HttpsServicesTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final String HERE = "ip:127.0.0.1";

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static Vertx vertx;
    private static RunningApp app;
    private static Curl curl;

    /** One server per certificate; all answer {@code /200} and {@code /503} with that status. */
    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(directory)
                .ending("soon", HERE, 9)
                .expired("expired", HERE)
                .signed("other", "dns:a.test,dns:b.test,dns:c.test,dns:d.test");
        vertx = Vertx.vertx();
        app = RunningApp.start(Map.of(
                "OPENUPTIMES_API_KEY",
                KEY,
                "OPENUPTIMES_CHECK_INTERVAL",
                "86400",
                "OPENUPTIMES_CHECKS_CA_FILE",
                certificates.pem("ca").toString()));
        curl = new Curl(app.port());
    }

    @AfterAll
    static void stop() throws Exception {
        try (RunningApp closed = app) {
            await(vertx.close());
        }
    }

    /** @return its address */
    private static String serve(String certificate) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificates.pem(certificate).toString())
                                .setKeyPath(certificates.key(certificate).toString())))
                .requestHandler(request -> request.response()
                        .setStatusCode(Integer.parseInt(request.path().substring(1)))
                        .end());
        await(server.listen(0, "127.0.0.1"));
        return "127.0.0.1:" + server.actualPort();
    }

    private static JsonObject service(String name, String address, int status) {
        return new JsonObject().put("name", name).put("url", "https://" + address + "/" + status);
    }

    private static JsonObject post(String path, int status, JsonObject body) {
        Curl.Answer answer =
                curl.call("POST", path).key(KEY).json(body.encode()).send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    private static JsonObject get(String path, String list) {
        Curl.Answer answer = curl.get(path).key(KEY).send();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonArray entries = answer.json().getJsonArray(list);
        assertThat(entries).as(path).isNotEmpty();
        return entries.getJsonObject(0);
    }

    /** Waits until the public status shows its certificate. */
    private static JsonObject checked(String name) throws Exception {
        JsonObject[] found = new JsonObject[1];
        eventually(() -> {
            JsonArray services = curl.get("/api/status").send().json().getJsonArray("services");
            found[0] = services.stream()
                    .map(JsonObject.class::cast)
                    .filter(service -> service.getString("name").equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(found[0].getJsonObject("certificate"))
                    .as(found[0].encode())
                    .isNotNull();
            assertThat(found[0].getString("status")).isNotEqualTo("unknown");
        });
        return found[0];
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private static LocalDate end(JsonObject certificate) {
        return LocalDate.ofEpochDay(Math.floorDiv(certificate.getLong("validTo"), 86_400_000));
    }

    @Test
    void aCertificateThatEndsSoonIsAWarningAndTheServiceIsUp() throws Exception {
        post("/api/services", 201, service("soon", serve("soon"), 200));

        JsonObject status = checked("soon");

        assertThat(status.getString("status")).as(status.encode()).isEqualTo("up");
        JsonObject certificate = status.getJsonObject("certificate");
        assertThat(certificate.fieldNames()).containsExactlyInAnyOrder("validTo", "daysLeft");
        int days = certificate.getInteger("daysLeft");
        assertThat(days).isBetween(8, 9); // midnight may pass in between
        assertThat(end(certificate).toEpochDay() - today().toEpochDay()).isBetween(days - 1L, (long) days);
        assertThat(status.getJsonArray("warnings"))
                .singleElement()
                .isEqualTo(new JsonObject()
                        .put("code", "certificate-expires")
                        .put("message", "Certificate expires in " + days + " days")
                        .put("days", days));
        JsonObject known = get("/api/status?service=soon&limit=1", "services").getJsonObject("certificate");
        assertThat(known.getString("issuer")).isEqualTo("CN=Test authority");
        assertThat(known.getJsonArray("names")).containsExactly("127.0.0.1");
        assertThat(known.getString("fingerprint")).matches("[0-9a-f]{64}");
    }

    @Test
    void aServiceWhoseCertificateHasExpiredIsDownAndShowsIt() throws Exception {
        post("/api/services", 201, service("expired", serve("expired"), 200));

        JsonObject status = checked("expired");

        assertThat(status.getString("status")).isEqualTo("down");
        JsonObject certificate = status.getJsonObject("certificate");
        assertThat(certificate.fieldNames()).containsExactlyInAnyOrder("validTo", "daysLeft");
        assertThat(certificate.getInteger("daysLeft")).isNegative();
        assertThat(status.getJsonObject("error"))
                .isEqualTo(
                        new JsonObject().put("class", "tls").put("text", "certificate expired on " + end(certificate)));
    }

    @Test
    void testPingAndHistoriesTellOfHttp2() throws Exception {
        String address = serve("soon");
        JsonObject service = service("failing", address, 503);
        assertReached(address, post("/api/services/test", 200, service).getJsonObject("result"));
        post("/api/services", 201, service);
        assertReached(address, get("/api/ping?service=failing", "services"));
        assertReached(address, get("/api/history/failing", "history"));
        eventually(() -> assertReached(address, get("/api/transitions?service=failing", "transitions")));
    }

    private static void assertReached(String address, JsonObject answer) {
        assertThat(answer.getString("protocol")).as(answer.encode()).isEqualTo("HTTP/2");
        assertThat(answer.getString("tlsVersion")).isEqualTo("TLSv1.3");
        assertThat(answer.getString("address")).isEqualTo(address);
        assertThat(answer.getJsonObject("error").getString("class")).isEqualTo("status");
    }

    @Test
    void callersWithAKeyLearnWhichNamesAWrongCertificateHas() throws Exception {
        JsonObject service = service("other", serve("other"), 200);
        String told = ServerCertificate.OTHER_NAME + ", only for a.test, b.test, c.test and 1 more";
        assertThat(text(post("/api/services/test", 200, service).getJsonObject("result")))
                .isEqualTo(told);
        post("/api/services", 201, service);
        assertThat(text(get("/api/ping?service=other", "services"))).isEqualTo(told);
        assertThat(text(checked("other"))).isEqualTo(ServerCertificate.OTHER_NAME);
    }

    private static String text(JsonObject answer) {
        return answer.getJsonObject("error").getString("text");
    }
}
