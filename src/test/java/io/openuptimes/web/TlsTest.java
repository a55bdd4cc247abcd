package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.web.tls.ServerTls;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service with its own TLS certificate. */
class TlsTest {

    @TempDir
    static Path directory;

    private static Path cert;
    private static Path key;
    private static Certificates certificates;
    private static SSLContext trusting;
    private static RunningApp app;

    @BeforeAll
    static void start() throws Exception {
        certificates =
                Certificates.in(directory).signed("first", "ip:127.0.0.1").signed("second", "ip:127.0.0.1");
        cert = directory.resolve("server.pem");
        key = directory.resolve("server.key");
        use("first", "first");
        trusting = certificates.clientContext();
        app = RunningApp.start(Map.of(
                "OPENUPTIMES_HTTP_TLS_CERT", cert.toString(),
                "OPENUPTIMES_HTTP_TLS_KEY", key.toString(),
                "OPENUPTIMES_HTTP_INSTANCES", "2"));
    }

    @AfterAll
    static void stop() throws IOException {
        app.close();
    }

    /** Replaces both files atomically, as a renewal does. */
    private static void use(String certificate, String keyOf) throws IOException {
        replace(certificates.pem(certificate), cert);
        replace(certificates.key(keyOf), key);
    }

    private static void replace(Path from, Path to) throws IOException {
        Path beside = Files.copy(from, to.resolveSibling("new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static HttpResponse<String> get(HttpClient client, HttpClient.Version version, String path)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + app.port() + path))
                .version(version)
                .timeout(Duration.ofSeconds(60))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().sslContext(trusting).build();
    }

    private static String servedName() throws IOException {
        try (SSLSocket socket = open()) {
            socket.startHandshake();
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        }
    }

    private static SSLSocket open() throws IOException {
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", app.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void both_versions_of_http_are_served(HttpClient.Version version) throws Exception {
        HttpResponse<String> answer = get(client(), version, "/api/status");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, /api/nothing, 404", "GET, /LONG, 414", "GET, /api/status?LONG, 414", "BREW, /api/status, 501"})
    void errors_over_http_2_have_the_same_form_and_no_header_of_the_connection(String method, String path, int status)
            throws Exception {
        HttpResponse<String> answer = send(method, path.replace("LONG", "x".repeat(20_000)));

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
        assertThat(answer.headers().map())
                .containsKey("x-content-type-options")
                .doesNotContainKeys("connection", "keep-alive", "transfer-encoding");
    }

    @Test
    void long_headers_over_http_2_are_a_431() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/status", "X-Long", "x".repeat(20_000));

        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(431);
    }

    private static HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + app.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void current_versions_of_tls_are_spoken(String version) throws Exception {
        try (SSLSocket socket = open()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    /**
     * The JDK refuses these versions too unless configured for the whole process, so the ClientHello is handwritten.
     */
    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    void older_versions_are_refused(String version) throws Exception {
        String random = "00".repeat(32);
        String body = version + random + "00" + "0004c02fc013" + "0100";
        String hello = "01" + String.format("%06x", body.length() / 2) + body;
        byte[] record = HexFormat.of().parseHex("16" + version + String.format("%04x", hello.length() / 2) + hello);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(record);
            int first = socket.getInputStream().read();
            assertThat(first).as("an alert or the end, no ServerHello").isIn(0x15, -1);
        }
    }

    @Test
    void plain_http_gets_no_answer() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(new String(answer, ISO_8859_1)).doesNotContain("HTTP/1");
        }
    }

    @Test
    void a_renewed_certificate_is_taken_over_while_open_connections_go_on() throws Exception {
        try (SSLSocket before = open()) {
            request(before);
            use("second", "second");
            eventually(() -> assertThat(servedName()).isEqualTo("CN=second"));
            request(before);
            assertThat(before.getSession().getPeerPrincipal().getName()).isEqualTo("CN=first");
        } finally {
            use("first", "first");
            eventually(() -> assertThat(servedName()).isEqualTo("CN=first"));
        }
    }

    @Test
    void a_bad_pair_changes_nothing_and_is_logged_once() throws Exception {
        try (LogCapture log = LogCapture.of(ServerTls.class)) {
            use("second", "first");
            eventually(() -> assertThat(log.lines()).isNotEmpty());
            use("first", "second");
            assertThat(servedName()).isEqualTo("CN=first");
            Files.writeString(cert, "no certificate");
            eventually(() -> assertThat(log.lines()).hasSizeGreaterThanOrEqualTo(2));
            Files.delete(key);
            eventually(() -> assertThat(log.lines()).hasSize(3));
            assertThat(servedName()).isEqualTo("CN=first");
            assertThat(log.lines())
                    .first()
                    .asString()
                    .contains("http.tls.key: is not the private key of the certificate in http.tls.cert");
            assertThat(log.lines().get(1)).contains("http.tls.cert: must be a PEM file of X.509 certificates");
            assertThat(log.lines().get(2)).contains("http.tls.key: file " + key + " does not exist");
        } finally {
            use("first", "first");
        }
        use("second", "second");
        eventually(() -> assertThat(servedName()).isEqualTo("CN=second"));
        use("first", "first");
        eventually(() -> assertThat(servedName()).isEqualTo("CN=first"));
    }

    private static void request(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).startsWith("HTTP/1.1 200");
    }
}
