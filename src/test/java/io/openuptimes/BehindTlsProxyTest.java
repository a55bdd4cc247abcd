package io.openuptimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.CurlProgram;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.ProxyProgram;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole service behind a TLS-terminating proxy, configured by the files in {@code contrib/}. */
class BehindTlsProxyTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    static Path directory;

    private static RunningApp app;
    private static Certificates certificates;
    private static HttpClient client;

    enum Proxy {
        NGINX {
            @Override
            ProxyProgram start(Path own) throws Exception {
                ProxyProgram.assumeInstalled("nginx");
                return ProxyProgram.nginxWithTls(own, certificates, app.port());
            }
        },
        CADDY {
            @Override
            ProxyProgram start(Path own) throws Exception {
                ProxyProgram.assumeInstalled("caddy");
                return ProxyProgram.caddyWithTls(own, certificates, app.port());
            }
        };

        abstract ProxyProgram start(Path own) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(directory).signed("localhost", "dns:localhost");
        client =
                HttpClient.newBuilder().sslContext(certificates.clientContext()).build();
        app = RunningApp.start(Map.of(
                "OPENUPTIMES_HTTP_INSTANCES", "1",
                "OPENUPTIMES_API_KEY", KEY,
                "OPENUPTIMES_CHECK_INTERVAL", "86400",
                "OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1"));
        HttpResponse<String> setUp =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/api/setup/complete"))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                new JsonObject().put("password", PASSWORD).encode())));
        assertThat(setUp.statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() throws IOException {
        app.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return sendLater(request).join();
    }

    private static CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .orTimeout(60, TimeUnit.SECONDS);
    }

    private static String url(ProxyProgram proxy, String path) {
        return "https://localhost:" + proxy.tlsPort() + path;
    }

    private static HttpRequest.Builder get(ProxyProgram proxy, String path) {
        return HttpRequest.newBuilder(URI.create(url(proxy, path))).header("Authorization", "Bearer " + KEY);
    }

    private static HttpRequest.Builder post(ProxyProgram proxy, String path, JsonObject body) {
        return get(proxy, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    }

    private static JsonObject service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", "http://127.0.0.1:1/")
                .put("paused", true);
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void plain_http_is_redirected_with_path_query_and_method(Proxy proxy, @TempDir Path own) throws Exception {
        try (ProxyProgram running = proxy.start(own)) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(
                    URI.create("http://localhost:" + running.port() + "/services/a%20b?from=1")));

            assertThat(answer.statusCode()).isEqualTo(308);
            assertThat(answer.headers().firstValue("Location").orElse(""))
                    .startsWith("https://localhost")
                    .endsWith("/services/a%20b?from=1");
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void http_2_is_spoken_and_the_session_is_bound_to_tls(Proxy proxy, @TempDir Path own) throws Exception {
        try (ProxyProgram running = proxy.start(own)) {
            JsonObject password = new JsonObject().put("password", PASSWORD);
            HttpResponse<String> answer = send(post(running, "/api/auth/login", password));

            assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.headers().allValues("Set-Cookie")).anySatisfy(cookie -> assertThat(cookie)
                    .startsWith("__Host-openuptimes_session=")
                    .contains("; Secure"));
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void the_audit_log_has_the_real_address_whatever_the_client_claims(Proxy proxy, @TempDir Path own)
            throws Exception {
        try (ProxyProgram running = proxy.start(own)) {
            String name = "from " + proxy;
            HttpResponse<String> created = send(post(running, "/api/services", service(name))
                    .header("X-Forwarded-For", "203.0.113.9")
                    .header("X-Forwarded-Prefix", "/elsewhere"));
            assertThat(created.statusCode()).as(created::body).isEqualTo(201);

            String audit = send(get(running, "/api/audit?action=createService&limit=1"))
                    .body();
            assertThat(audit).contains(name, "\"address\":\"127.0.0.1\"").doesNotContain("203.0.113.9");
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void events_and_waiting_requests_are_answered_at_once(Proxy proxy, @TempDir Path own) throws Exception {
        try (ProxyProgram running = proxy.start(own);
                EventReader events = new EventReader(client, url(running, "/api/events"))) {
            assertThat(events.status()).isEqualTo(200);
            String since = send(get(running, "/api/status"))
                    .headers()
                    .firstValue("OpenUptimes-Event")
                    .orElseThrow();
            CompletableFuture<HttpResponse<String>> waiting =
                    sendLater(get(running, "/api/status?since=" + since + "&wait=50"));
            String name = "live behind " + proxy;

            send(post(running, "/api/services", service(name)));

            events.awaitService("saved", name);
            assertThat(waiting.get(30, TimeUnit.SECONDS).body()).contains(name);
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void bulk_changes_larger_than_a_megabyte_reach_the_service(Proxy proxy, @TempDir Path own) throws Exception {
        try (ProxyProgram running = proxy.start(own)) {
            HttpResponse<String> taken = send(get(running, "/api/services/bulk?dryRun=true")
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(manyServices())));

            assertThat(taken.statusCode()).as(taken::body).isEqualTo(200);
        }
    }

    /** About 2 MB, more than nginx accepts by default. */
    private static String manyServices() {
        JsonArray services = new JsonArray();
        for (int i = 0; i < 1_000; i++) {
            services.add(service("bulk " + i).put("description", "x".repeat(2_000)));
        }
        return services.encode();
    }

    @ParameterizedTest
    @EnumSource(Proxy.class)
    void the_service_decides_which_bodies_are_too_large(Proxy proxy, @TempDir Path own) throws Exception {
        assumeTrue(CurlProgram.isThere(), "no curl on the PATH");
        Path body = Files.writeString(own.resolve("body.json"), "{" + " ".repeat(3 << 20) + "}");
        try (ProxyProgram running = proxy.start(own)) {
            String answer = CurlProgram.status(
                    url(running, "/api/services"),
                    "--cacert",
                    certificates.pem("ca").toString(),
                    "--header",
                    "Authorization: Bearer " + KEY,
                    "--header",
                    "Content-Type: application/json",
                    "--data-binary",
                    "@" + body);

            assertThat(answer).isEqualTo("413, exit 0");
        }
    }
}
