package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.ProxyProgram;
import io.openuptimes.testing.RunningApp;
import io.vertx.core.json.JsonObject;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service behind real proxies, configured by the files in {@code contrib/} and otherwise with defaults. */
class BehindProxyTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final String PASSWORD = "correct horse battery";
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]+)\"|\":\"([^\"]+)\"");

    @TempDir
    static Path dir;

    private static RunningApp below;
    private static RunningApp stripped;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> both = Map.of(
                "OPENUPTIMES_HTTP_INSTANCES", "1",
                "OPENUPTIMES_API_KEY", KEY,
                "OPENUPTIMES_CHECK_INTERVAL", "86400",
                "OPENUPTIMES_HTTP_TRUSTED_PROXIES", "127.0.0.1");
        below = RunningApp.start(with(both, "OPENUPTIMES_HTTP_BASE_PATH", "/uptime"));
        stripped = RunningApp.start(with(both, "OPENUPTIMES_HTTP_ALLOWED_PREFIXES", "/stripped"));
        setUp(new Curl(below.port()), "/uptime");
        setUp(new Curl(stripped.port()), "");
    }

    private static void setUp(Curl curl, String mount) {
        JsonObject password = new JsonObject().put("password", PASSWORD);
        JsonObject service = new JsonObject().put("name", "a b").put("url", "http://127.0.0.1:1/");
        assertThat(curl.call("POST", mount + "/api/setup/complete")
                        .key(KEY)
                        .json(password.encode())
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(curl.call("POST", mount + "/api/services")
                        .key(KEY)
                        .json(service.encode())
                        .send()
                        .status())
                .isEqualTo(201);
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    @AfterAll
    static void stop() throws Exception {
        try (RunningApp one = below;
                RunningApp other = stripped) {
            // close each regardless of failures of the other
        }
    }

    private static ProxyProgram nginx(Path own) throws Exception {
        ProxyProgram.assumeInstalled("nginx");
        return ProxyProgram.nginx(own, both());
    }

    private static Map<String, String> both() {
        return Map.of(
                "127.0.0.1:8080", "127.0.0.1:" + below.port(),
                "127.0.0.1:8081", "127.0.0.1:" + stripped.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime", "/stripped"})
    void all_that_a_page_needs_is_below_the_path_behind_nginx(String mount, @TempDir Path own) throws Exception {
        try (ProxyProgram nginx = nginx(own)) {
            Curl curl = new Curl(nginx.port());
            for (String path : List.of("/", "/admin", "/admin/keys", "/setup", "/services/a%20b", "/docs")) {
                Answer page = curl.get(mount + path).send();
                assertThat(page.status()).as(path).isEqualTo(200);
                List<String> addresses = ADDRESS.matcher(page.text())
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .toList();
                assertThat(addresses).as(path).hasSizeGreaterThan(3).allSatisfy(address -> assertThat(address)
                        .startsWith(mount + "/"));
                for (String address : addresses) {
                    if (!address.endsWith("/")) {
                        assertThat(curl.get(address).status()).as(address).isEqualTo(200);
                    }
                }
            }
            assertThat(curl.get("/api/status").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime", "/stripped"})
    void the_contract_says_where_the_api_is_behind_nginx(String mount, @TempDir Path own) throws Exception {
        try (ProxyProgram nginx = nginx(own)) {
            Curl curl = new Curl(nginx.port());
            JsonObject server = curl.get(mount + "/openapi.json")
                    .send()
                    .json()
                    .getJsonArray("servers")
                    .getJsonObject(0);
            assertThat(server.getString("url")).isEqualTo(mount);
            assertThat(curl.get(mount + "/openapi.yaml").send().text()).contains("\n  - url: " + mount + "\n");
            curl.call("POST", mount + "/api/services")
                    .key(KEY)
                    .json("{\"name\": \"a/b %\", \"url\": \"http://127.0.0.1:1/\", \"paused\": true}")
                    .send();
            assertThat(curl.get(mount + "/api/history/a%2Fb%20%25").send().text())
                    .contains("\"a/b %\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime", "/stripped"})
    void a_session_is_of_its_path_behind_nginx(String mount, @TempDir Path own) throws Exception {
        try (ProxyProgram nginx = nginx(own)) {
            Curl curl = new Curl(nginx.port());
            Answer in = curl.call("POST", mount + "/api/auth/login")
                    .json(new JsonObject().put("password", PASSWORD).encode())
                    .send();
            assertThat(in.header("Set-Cookie")).contains("Path=" + mount + ";");
            String token = in.token();
            // a neighbour's cookie with the same name is sent after that of the longer path
            Answer session = curl.get(mount + "/api/auth/session")
                    .with("Cookie", Curl.COOKIE + "=" + token + "; " + Curl.COOKIE + "=neighbour")
                    .send();
            assertThat(session.json().getBoolean("authenticated")).isTrue();
            Answer out = curl.call("POST", mount + "/api/auth/logout")
                    .cookie(token)
                    .with("X-CSRF-Token", session.json().getString("csrfToken"))
                    .send();
            assertThat(out.header("Set-Cookie")).contains("Max-Age=0").contains("Path=" + mount + ";");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime", "/stripped"})
    void events_come_at_once_behind_nginx(String mount, @TempDir Path own) throws Exception {
        try (ProxyProgram nginx = nginx(own);
                EventReader events = new EventReader("http://127.0.0.1:" + nginx.port() + mount + "/api/events")) {
            assertThat(events.status()).isEqualTo(200);
            new Curl(nginx.port())
                    .call("POST", mount + "/api/services")
                    .key(KEY)
                    .json("{\"name\": \"Live\", \"url\": \"http://127.0.0.1:1/\"}")
                    .send();
            events.awaitService("saved", "Live");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/uptime", "/stripped"})
    void pages_and_events_are_below_the_path_behind_caddy(String mount, @TempDir Path own) throws Exception {
        ProxyProgram.assumeInstalled("caddy");
        try (ProxyProgram caddy = ProxyProgram.caddy(own, both());
                EventReader events = new EventReader("http://127.0.0.1:" + caddy.port() + mount + "/api/events")) {
            Curl curl = new Curl(caddy.port());
            Answer page = curl.get(mount + "/admin")
                    .with("X-Forwarded-Prefix", "/elsewhere")
                    .send();
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains("=\"" + mount + "/").doesNotContain("=\"/elsewhere", "=\"/admin");
            assertThat(curl.get(mount).status()).isIn(200, 308);

            String name = "behind Caddy below " + mount;
            curl.call("POST", mount + "/api/services")
                    .key(KEY)
                    .json(new JsonObject()
                            .put("name", name)
                            .put("url", "http://127.0.0.1:1/")
                            .encode())
                    .send();
            events.awaitService("saved", name);
        }
    }

    @Test
    void haproxy_finds_by_options_that_it_is_ready(@TempDir Path own) throws Exception {
        ProxyProgram.assumeInstalled("haproxy");
        try (ProxyProgram haproxy = ProxyProgram.haproxy(own, Map.of("127.0.0.1:8080", "127.0.0.1:" + below.port()))) {
            eventually(() -> assertThat(stats(own)).containsPattern("openuptimes,one,.*,UP,.*,L7OK,204,"));
            Answer page = new Curl(haproxy.port())
                    .get("/uptime/")
                    .with("X-Forwarded-Prefix", "/stripped")
                    .send();
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).doesNotContain("/stripped");
        }
    }

    private static String stats(Path own) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(own.resolve("stats.sock")));
            channel.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(answer) >= 0) {
                // until the response is complete
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
