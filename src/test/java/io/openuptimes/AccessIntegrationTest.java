package io.openuptimes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.web.access.Passwords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Authorization on the whole service: two nodes that share a real Redis. */
class AccessIntegrationTest {

    private static final String ADMIN = "the-configured-admin-key";
    private static final String PASSWORD = "correct horse";
    private static final Pattern TOKEN = Pattern.compile("setup token: (\\S+)");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.openuptimes");
    private final @Nullable Level levelBefore = logger.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    private final List<Vertx> nodes = new ArrayList<>();
    private final List<App> apps = new ArrayList<>();
    private EmbeddedRedis redis;
    private Curl one;
    private Curl other;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void start(@TempDir Path data) throws Exception {
        logger.setLevel(Level.DEBUG);
        appender.start();
        logger.addAppender(appender);
        redis = EmbeddedRedis.start(EmbeddedRedis.Options.in(data).overTcp());
        one = startNode(0);
        other = startNode(0);
    }

    @AfterEach
    void stop() throws Exception {
        for (App app : apps) {
            await(app.stop());
        }
        for (Vertx node : nodes) {
            await(node.close());
        }
        redis.close();
        logger.detachAppender(appender);
        logger.setLevel(levelBefore);
    }

    private Curl startNode(int rateLimit) throws Exception {
        JsonObject file = new JsonObject()
                .put(
                        "http",
                        new JsonObject()
                                .put("host", "127.0.0.1")
                                .put("port", 0)
                                .put("instances", 2)
                                .put("rateLimit", rateLimit)
                                .put("trustedProxies", new JsonArray().add("127.0.0.1")))
                .put("redis", new JsonObject().put("url", redis.url()))
                .put("access", new JsonObject().put("apiKey", ADMIN));
        Vertx vertx = App.vertx();
        Passwords.useIterations(vertx, RunningApp.FEW_ITERATIONS);
        nodes.add(vertx);
        App app = await(App.start(vertx, SettingsReader.read(file, Map.of()), Clock.systemUTC()));
        apps.add(app);
        Curl node = new Curl(app.port());
        eventually(
                () -> assertThat(node.get("/readyz").from("192.0.2.1").status()).isEqualTo(200));
        return node;
    }

    private static Answer make(Curl node, String name, String scope) {
        return node.call("POST", "/api/keys")
                .key(ADMIN)
                .json(new JsonObject().put("name", name).put("scope", scope).encode())
                .send();
    }

    private static Answer login(Curl node, String password) {
        return node.call("POST", "/api/auth/login")
                .json(new JsonObject().put("password", password).encode())
                .send();
    }

    private static boolean isSignedIn(Curl node, String token) {
        return node.get("/api/auth/session").cookie(token).send().json().getBoolean("authenticated");
    }

    private void setPassword() {
        Answer done = one.call("POST", "/api/setup/complete")
                .key(ADMIN)
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send();
        assertThat(done.status()).isEqualTo(200);
    }

    @Test
    void a_key_lives_on_every_node_and_is_dead_on_each_within_a_second_of_its_end() throws Exception {
        Answer made = make(one, "the pipeline", "write");
        assertThat(made.status()).isEqualTo(201);
        String key = made.json().getString("key");
        String id = made.json().getJsonObject("apiKey").getString("id");

        String service = "{\"name\":\"a\",\"url\":\"http://127.0.0.1:1/\"}";
        assertThat(other.call("POST", "/api/services").key(key).json(service).status())
                .isEqualTo(201);
        assertThat(other.get("/api/services").key(key).status()).isEqualTo(200);
        assertThat(other.get("/api/keys").key(key).status()).isEqualTo(403);
        String reader = make(one, "a reader", "read").json().getString("key");
        assertThat(one.get("/api/services").key(reader).status()).isEqualTo(200);
        assertThat(one.call("DELETE", "/api/services?name=a").key(reader).status())
                .isEqualTo(403);
        eventually(() -> assertThat(one.get("/api/keys")
                        .key(ADMIN)
                        .send()
                        .json()
                        .getJsonArray("keys")
                        .getJsonObject(0)
                        .getLong("lastUsed"))
                .isPositive());

        assertThat(one.call("DELETE", "/api/keys/" + id).key(ADMIN).send().message())
                .isEqualTo("Key revoked");
        long revoked = System.nanoTime();
        assertThat(one.get("/api/services").key(key).status()).isEqualTo(401);
        long lastGood = revoked;
        for (long sent = revoked; other.get("/api/services").key(key).status() != 401; sent = System.nanoTime()) {
            lastGood = sent;
        }
        assertThat(lastGood - revoked).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(one.call("DELETE", "/api/keys/" + id).key(ADMIN).status()).isEqualTo(404);
    }

    @Test
    void the_set_up_token_of_the_log_works_once_on_any_node() throws Exception {
        List<String> tokens = new ArrayList<>();
        eventually(() -> {
            tokens.clear();
            lines.stream().map(TOKEN::matcher).filter(Matcher::find).forEach(matcher -> tokens.add(matcher.group(1)));
            assertThat(tokens).hasSize(2);
        });
        for (String token : tokens) {
            eventually(() -> assertThat(lines)
                    .anyMatch(line -> line.matches("set it up at http://127\\.0\\.0\\.1:\\d+/setup#token=" + token)));
        }
        boolean firstIsOnes =
                one.call("POST", "/api/setup/complete").key(tokens.get(0)).status() == 400;
        String ofOne = tokens.get(firstIsOnes ? 0 : 1);
        String ofOther = tokens.get(firstIsOnes ? 1 : 0);
        String body = "{\"password\":\"" + PASSWORD + "\",\"siteName\":\"Ours\"}";
        assertThat(one.get("/api/services").key(ofOne).status()).isEqualTo(401);
        assertThat(login(one, PASSWORD).message()).contains("setup is not complete");
        assertThat(one.call("POST", "/api/setup/complete")
                        .key(ofOne)
                        .json(body)
                        .send()
                        .message())
                .isEqualTo("Setup completed");
        assertThat(other.get("/api/setup/status").send().json()).isEqualTo(new JsonObject("{\"completed\":true}"));
        assertThat(one.call("POST", "/api/setup/complete").key(ofOne).json(body).status())
                .isEqualTo(401);
        assertThat(other.call("POST", "/api/setup/complete")
                        .key(ofOther)
                        .json(body)
                        .status())
                .isEqualTo(401);
        assertThat(login(other, PASSWORD).status()).isEqualTo(200);
        assertThat(one.call("POST", "/api/setup/complete").key(ADMIN).status()).isEqualTo(200);
        assertThat(one.call("POST", "/api/setup/complete").key(ADMIN).json(body).status())
                .isEqualTo(409);
    }

    @Test
    void a_session_holds_on_every_node_until_its_end() throws Exception {
        setPassword();
        Answer in = login(one, PASSWORD);
        assertThat(in.status()).isEqualTo(200);
        String csrf = in.json().getString("csrfToken");
        assertThat(isSignedIn(other, in.token())).isTrue();
        assertThat(other.get("/api/keys").cookie(in.token()).status()).isEqualTo(200);
        String name = "{\"name\":\"made in the dashboard\"}";
        assertThat(other.call("POST", "/api/keys").cookie(in.token()).json(name).status())
                .isEqualTo(403);
        assertThat(other.call("POST", "/api/keys")
                        .cookie(in.token())
                        .with("X-CSRF-Token", csrf)
                        .json(name)
                        .status())
                .isEqualTo(201);

        Answer second = login(other, PASSWORD);
        Answer changed = one.call("PUT", "/api/auth/password")
                .cookie(in.token())
                .with("X-CSRF-Token", csrf)
                .json("{\"currentPassword\":\"" + PASSWORD + "\",\"newPassword\":\"battery staple\"}")
                .send();
        assertThat(changed.status()).isEqualTo(200);
        eventually(() -> assertThat(isSignedIn(other, second.token())).isFalse());
        assertThat(isSignedIn(one, in.token())).isFalse();
        assertThat(isSignedIn(other, changed.token())).isTrue();
        assertThat(login(one, PASSWORD).status()).isEqualTo(401);

        Answer out = one.call("POST", "/api/auth/logout")
                .cookie(changed.token())
                .with("X-CSRF-Token", changed.json().getString("csrfToken"))
                .send();
        assertThat(out.message()).isEqualTo("Signed out");
        assertThat(isSignedIn(one, changed.token())).isFalse();
        eventually(() -> assertThat(isSignedIn(other, changed.token())).isFalse());
    }

    @Test
    void the_site_is_the_same_on_every_node_within_a_second() throws Exception {
        assertThat(one.get("/api/site").send().json().getString("siteName")).isEqualTo("OpenUptimes");
        assertThat(other.get("/api/site").status()).isEqualTo(200);
        one.call("POST", "/api/setup/complete")
                .key(ADMIN)
                .json("{\"password\":\"" + PASSWORD + "\",\"siteName\":\"Ours\"}")
                .send();
        assertThat(one.get("/api/site").send().json().getString("siteName")).isEqualTo("Ours");
        eventually(() -> assertThat(other.get("/api/site").send().json().getString("siteName"))
                .isEqualTo("Ours"));

        assertThat(other.call("PATCH", "/api/site")
                        .key(ADMIN)
                        .json("{\"footer\":\"below\"}")
                        .status())
                .isEqualTo(200);
        assertThat(other.get("/api/site").send().json().getString("footer")).isEqualTo("below");
        eventually(() -> assertThat(one.get("/api/site").send().json().getString("footer"))
                .isEqualTo("below"));

        redis.close();
        eventually(() -> assertThat(one.get("/api/test-redis").status()).isEqualTo(503));
        assertThat(one.get("/api/site").send().json().getString("siteName")).isEqualTo("Ours");
        assertThat(one.call("PATCH", "/api/site").key(ADMIN).json("{}").status())
                .isEqualTo(503);
    }

    @Test
    void all_sessions_end_on_every_node() throws Exception {
        setPassword();
        Answer first = login(one, PASSWORD);
        Answer second = login(other, PASSWORD);
        assertThat(isSignedIn(one, second.token())).isTrue();
        assertThat(isSignedIn(other, first.token())).isTrue();

        Answer ended = one.call("DELETE", "/api/auth/sessions").key(ADMIN).send();

        assertThat(ended.message()).isEqualTo("All sessions ended");
        assertThat(isSignedIn(one, first.token())).isFalse();
        assertThat(isSignedIn(one, second.token())).isFalse();
        eventually(() -> {
            assertThat(isSignedIn(other, first.token())).isFalse();
            assertThat(isSignedIn(other, second.token())).isFalse();
            assertThat(other.get("/api/keys").cookie(second.token()).status()).isEqualTo(401);
        });
        Answer again = login(other, PASSWORD);
        assertThat(isSignedIn(one, again.token())).isTrue();
        assertThat(isSignedIn(one, first.token())).isFalse();
    }

    @Test
    void too_many_requests_or_failures_are_429s_that_say_when() throws Exception {
        Curl limited = startNode(5);
        Answer refused = limited.get("/api/status").from("198.51.100.1").send();
        for (int i = 0; refused.status() == 200; i++) {
            assertThat(i).isLessThan(10_000);
            refused = limited.get("/api/status").from("198.51.100.1").send();
        }
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(limited.get("/api/status").from("198.51.100.2").status()).isEqualTo(200);

        for (int i = 0; i < 30; i++) {
            assertThat(one.get("/api/services")
                            .key("wrong")
                            .from("198.51.100.3")
                            .status())
                    .isEqualTo(401);
        }
        Answer failures =
                one.get("/api/services").key("wrong").from("198.51.100.3").send();
        assertThat(failures.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(failures.header("Retry-After"))))
                .isBetween(1, 60);
        assertThat(one.get("/api/services").key(ADMIN).from("198.51.100.4").status())
                .isEqualTo(200);
    }

    @Test
    void without_redis_the_configured_key_works_and_whatever_the_store_knows_is_a_503() throws Exception {
        setPassword();
        String key = make(one, "a", "read").json().getString("key");
        String token = login(one, PASSWORD).token();
        assertThat(one.get("/api/services").key(key).status()).isEqualTo(200);
        redis.close();
        Set<Integer> statuses = new HashSet<>();
        eventually(() -> {
            int status = one.get("/api/services").key(key).status();
            statuses.add(status);
            assertThat(status).isEqualTo(503);
        });
        assertThat(statuses).as("good for a moment from memory, then a 503").isSubsetOf(200, 503);
        assertThat(login(one, PASSWORD).status()).isEqualTo(503);
        eventually(() ->
                assertThat(one.get("/api/services").cookie(token).status()).isEqualTo(503));
        assertThat(one.get("/api/services").key(ADMIN).status()).isEqualTo(200);
        assertThat(one.get("/api/status").status()).isEqualTo(200);
    }

    @Test
    void nothing_secret_is_in_the_log_but_the_set_up_token_in_its_two_lines() throws Exception {
        setPassword();
        String key = make(one, "a", "read").json().getString("key");
        one.get("/api/services").key(key).send();
        one.get("/api/services").key("a-wr0ng-key").send();
        login(one, "a-wr0ng-password");
        Answer in = login(one, PASSWORD);
        isSignedIn(one, in.token());
        redis.close();
        one.get("/api/services").key(key).send();
        login(one, PASSWORD);

        List<String> secrets = List.of(
                ADMIN,
                PASSWORD,
                key.substring(20),
                in.token(),
                in.json().getString("csrfToken"),
                "a-wr0ng-key",
                "a-wr0ng-password",
                "pbkdf2",
                redis.url());
        assertThat(lines).isNotEmpty();
        assertThat(secrets).allSatisfy(secret -> assertThat(lines).noneMatch(line -> line.contains(secret)));
        for (String line : List.copyOf(lines)) {
            Matcher token = TOKEN.matcher(line);
            if (token.find()) {
                assertThat(lines.stream().filter(other -> other.contains(token.group(1))))
                        .satisfiesExactlyInAnyOrder(
                                other -> assertThat(other).isEqualTo(line),
                                other -> assertThat(other).startsWith("set it up at http://127.0.0.1:"));
            }
        }
    }
}
