package io.openuptimes.bench;

import com.sun.net.httpserver.HttpServer;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.RawServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Some forty services on real local servers of many kinds: healthy, failing, misconfigured and intermittent. */
final class Neighbourhood implements AutoCloseable {

    private static final Set<String> UP = Set.of("up");

    private final List<Expectation> expectations = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx();

    /** Something that can be taken away and restored, with the services it affects. */
    private record Turn(Action away, Action back, Set<String> verdictAway, List<Expectation> hit) {}

    private interface Action {
        void run() throws Exception;
    }

    private volatile boolean sick;

    Neighbourhood(Path dir, Certificates certificates) throws Exception {
        soundNginx(dir);
        certificateNginx(dir, certificates);
        for (int i = 1; i <= 5; i++) {
            jdkServer("jdk " + i);
        }
        vertxServer();
        rawServers();
        warmUp();
    }

    /** Warms up the servers in this process, whose first responses are slowed by class loading. */
    private void warmUp() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (Expectation expectation : expectations) {
            URI url = URI.create(expectation.service.getString("url"));
            if (url.getScheme().equals("http")) {
                HttpRequest request = HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(2))
                        .build();
                try {
                    client.send(request, BodyHandlers.discarding());
                } catch (IOException e) {
                    // one of the failing ones
                }
            }
        }
    }

    List<Expectation> expectations() {
        return expectations;
    }

    /** Takes one thing away or restores it. */
    void turn(int which, boolean away) throws Exception {
        Turn turn = turns.get(which % turns.size());
        long begun = System.currentTimeMillis();
        (away ? turn.away : turn.back).run();
        turn.hit.forEach(hit -> hit.changed(begun, away ? turn.verdictAway : UP));
    }

    int turns() {
        return turns.size();
    }

    private Expectation expect(String name, String url, String verdict, JsonObject more) {
        JsonObject service = new JsonObject()
                .put("name", name)
                .put("url", url)
                .put("interval", verdict.contains("timeout") ? 2 : 1)
                .put("timeout", verdict.contains("timeout") ? 1_000 : 5_000)
                .mergeIn(more);
        Expectation expectation = new Expectation(service, Set.of(verdict.split("\\|", -1)));
        expectations.add(expectation);
        return expectation;
    }

    private Expectation expect(String name, String url, String verdict) {
        return expect(name, url, verdict, new JsonObject());
    }

    private void soundNginx(Path dir) throws IOException {
        int port = FreePorts.one();
        String url = "http://127.0.0.1:" + port;
        Nginx nginx = new Nginx(dir.resolve("nginx"), """
                server {
                  listen 127.0.0.1:%d;
                  location / { return 200 "fine fine fine fine\\n"; }
                  location /missing { return 404; }
                  location /moved { return 301 /; }
                  location /post { if ($request_method != POST) { return 405; } return 201; }
                }
                """.formatted(port));
        servers.add(nginx);
        List<Expectation> hit = List.of(
                expect("nginx", url, "up"),
                expect("nginx by its name", "http://localhost:" + port, "up"),
                expect("nginx head", url, "up", new JsonObject().put("method", "HEAD")),
                expect(
                        "nginx missing, as expected",
                        url + "/missing",
                        "up",
                        new JsonObject().put("expectedStatus", 404)),
                expect("nginx moved, followed", url + "/moved", "up"),
                expect("nginx moved, not followed", url + "/moved", "up", new JsonObject().put("expectedStatus", 301)),
                expect(
                        "nginx post",
                        url + "/post",
                        "up",
                        new JsonObject()
                                .put("method", "POST")
                                .put("body", "x=1")
                                .put("expectedStatus", 201)));
        expect("nginx missing", url + "/missing", "status|connect"); // connection refused while nginx is away
        turns.add(new Turn(nginx::stop, nginx::start, Set.of("connect"), hit));
    }

    private void certificateNginx(Path dir, Certificates certificates) throws IOException {
        certificates
                .signed("good", "dns:localhost,ip:127.0.0.1")
                .signed("other", "dns:other.example")
                .expired("old", "dns:localhost,ip:127.0.0.1")
                .selfSigned("own", "dns:localhost,ip:127.0.0.1");
        int good = FreePorts.one();
        int other = FreePorts.one();
        int old = FreePorts.one();
        int own = FreePorts.one();
        servers.add(new Nginx(
                dir.resolve("nginx-tls"),
                Nginx.tls(good, certificates, "good")
                        + Nginx.tls(other, certificates, "other")
                        + Nginx.tls(old, certificates, "old")
                        + Nginx.tls(own, certificates, "own")));
        JsonObject trusting = new JsonObject().put("ignoreTlsErrors", true);
        expect("https", "https://localhost:" + good, "up");
        expect("https by its address", "https://127.0.0.1:" + good, "up");
        expect("https, wrong name", "https://localhost:" + other, "tls");
        expect("https, expired", "https://localhost:" + old, "tls");
        expect("https, self-signed", "https://localhost:" + own, "tls");
        expect("https, self-signed, accepted", "https://localhost:" + own, "up", trusting);
        expect("http to an https port", "http://localhost:" + good, "status");
    }

    private void jdkServer(String name) throws IOException {
        int port = FreePorts.one();
        HttpServer[] server = {jdkServer(port)};
        Expectation expectation = expect(name, "http://127.0.0.1:" + port + "/", "up");
        turns.add(new Turn(
                () -> server[0].stop(0), () -> server[0] = jdkServer(port), Set.of("connect"), List.of(expectation)));
        servers.add(() -> server[0].stop(0));
    }

    private static HttpServer jdkServer(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }

    private void vertxServer() throws Exception {
        int port = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> {
                    switch (request.path()) {
                        case "/sick" ->
                            request.response().setStatusCode(sick ? 500 : 200).end("x");
                        case "/slow" ->
                            vertx.setTimer(300, timer -> request.response().end("slow"));
                        case "/loop" ->
                            request.response()
                                    .setStatusCode(302)
                                    .putHeader("Location", "/loop")
                                    .end();
                        case "/big" -> request.response().end("x".repeat(3_000_000));
                        case "/secret" ->
                            request.response()
                                    .setStatusCode("let me in".equals(request.getHeader("X-Password")) ? 200 : 401)
                                    .end();
                        default ->
                            request.response()
                                    .setStatusCode(
                                            request.method()
                                                            .name()
                                                            .equals(request.path()
                                                                    .substring(1))
                                                    ? 204
                                                    : 400)
                                    .end();
                    }
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
        String url = "http://127.0.0.1:" + port;
        Expectation sickly = expect("sick now and then", url + "/sick", "up");
        turns.add(new Turn(() -> sick = true, () -> sick = false, Set.of("status"), List.of(sickly)));
        expect("slow", url + "/slow", "up");
        expect("too slow", url + "/slow", "timeout", new JsonObject().put("timeout", 150));
        expect("redirect loop", url + "/loop", "redirect");
        expect("big", url + "/big", "up");
        expect("secret", url + "/secret", "status");
        expect(
                "secret, with the password",
                url + "/secret",
                "up",
                new JsonObject().put("headers", new JsonObject().put("X-Password", "let me in")));
        for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS")) {
            expect(
                    "method " + method,
                    url + "/" + method,
                    "up",
                    new JsonObject().put("method", method).put("expectedStatus", 204));
        }
    }

    private void rawServers() throws IOException {
        RawServer drip = keep(RawServer.of(conversation -> {
            conversation.awaitHead();
            for (char c : "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".toCharArray()) {
                conversation.send(String.valueOf(c));
                Thread.sleep(100);
            }
        }));
        RawServer blackHole = keep(RawServer.of(conversation -> Thread.sleep(60_000)));
        RawServer cutOff = keep(RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"));
        RawServer garbage = keep(RawServer.answering("220 mail.example ESMTP\r\n\r\n"));
        RawServer silent = keep(RawServer.answering(""));
        expect("drip", drip.url(), "timeout");
        expect("black hole", blackHole.url(), "timeout");
        expect("black hole in the handshake", blackHole.url().replace("http:", "https:"), "timeout");
        expect("cut off", cutOff.url(), "protocol");
        expect("garbage", garbage.url(), "protocol");
        expect("hangs up", silent.url(), "protocol");
        RawServer mail = keep(RawServer.of(conversation -> {
            conversation.send("220 mail.example ESMTP\r\n");
            conversation.awaitClosedByPeer();
        }));
        expect("https to a mail server", mail.url().replace("http:", "https:"), "tls");
        expect("nobody there", "http://127.0.0.1:" + FreePorts.one(), "connect");
        expect("no such name", "http://no-such-name.invalid/", "dns|timeout");
        if (RawServer.canListenOn("::1")) {
            RawServer six = keep(RawServer.on("::1", conversation -> {
                conversation.awaitHead();
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                conversation.close();
            }));
            expect("IPv6", "http://[::1]:" + six.port() + "/", "up");
        }
    }

    private RawServer keep(RawServer server) {
        servers.add(server);
        return server;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
