package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and killing the whole service, and Redis outages. */
class ServiceProcessIT {

    @TempDir
    private Path dir;

    private HttpServer target;

    @BeforeEach
    void startTarget() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        target.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        target.start();
    }

    @AfterEach
    void stopTarget() {
        target.stop(0);
    }

    private String service(String name) {
        return "{\"name\":\"%s\",\"url\":\"http://127.0.0.1:%d/\",\"interval\":1}"
                .formatted(name, target.getAddress().getPort());
    }

    private static JsonArray history(ServiceProcess service) throws Exception {
        return service.json("/api/history/a").getJsonArray("history");
    }

    private static Set<Long> timestamps(JsonArray history) {
        return history.stream()
                .map(entry -> ((JsonObject) entry).getLong("timestamp"))
                .collect(Collectors.toSet());
    }

    private long redisPid() throws IOException {
        return Long.parseLong(Files.readString(dir.resolve("data/redis.pid")).strip());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void endsInGoodOrderOnSigtermAndLeavesNothingRunning() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of()).ready()) {
            assertThat(service.send("POST", "/api/services", service("a")).statusCode())
                    .isEqualTo(201);
            eventually(() -> assertThat(history(service)).isNotEmpty());
            long redis = redisPid();

            service.process().destroy();

            assertThat(service.exitCode()).isZero();
            assertThat(service.log()).contains("stopping").contains("stopped").doesNotContain("Exception");
            eventually(() -> assertThat(isAlive(redis)).isFalse());
        }
    }

    @Test
    void keepsEverythingOverAKillAndEndsTheServerThatWasLeftBehind() throws Exception {
        Set<Long> before;
        long redis;
        String key;
        try (ServiceProcess first = ServiceProcess.start(dir, Map.of()).ready()) {
            first.send("POST", "/api/services", service("a"));
            key = first.send("POST", "/api/keys", "{\"name\":\"ci\",\"scope\":\"read\"}")
                    .body();
            eventually(() -> assertThat(history(first)).hasSizeGreaterThanOrEqualTo(3));
            before = timestamps(history(first));
            redis = redisPid();
            first.kill();
        }
        try (ServiceProcess second = ServiceProcess.start(dir, Map.of()).ready()) {
            eventually(() -> assertThat(isAlive(redis)).isFalse());
            eventually(() -> assertThat(second.get("/readyz").statusCode()).isEqualTo(200));
            assertThat(second.json("/api/status").getJsonArray("services")).hasSize(1);
            assertThat(timestamps(history(second))).containsAll(before);
            assertThat(second.json("/api/keys").getJsonArray("keys")).hasSize(1);
            assertThat(key).contains("ou_");
            eventually(() -> assertThat(history(second)).hasSizeGreaterThan(before.size()));
        }
    }

    @Test
    void takesOverFromAServerWhoseWatcherWasKilledToo() throws Exception {
        long redis;
        try (ServiceProcess first = ServiceProcess.start(dir, Map.of()).ready()) {
            redis = redisPid();
            // the shell that watches for the service's exit is a child of the server
            ProcessHandle.of(redis).stream().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroyForcibly);
            first.kill();
        }
        assertThat(isAlive(redis)).isTrue();
        try (ServiceProcess second = ServiceProcess.start(dir, Map.of()).ready()) {
            assertThat(second.log()).contains("left behind, process " + redis);
            eventually(() -> assertThat(isAlive(redis)).isFalse());
        }
    }

    @Test
    void aSecondServiceOnTheSameDataSaysWhoHoldsIt() throws Exception {
        try (ServiceProcess first = ServiceProcess.start(dir, Map.of()).ready();
                ServiceProcess second = ServiceProcess.start(dir, Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.log())
                    .contains("data directory")
                    .contains("is in use by process " + first.pid())
                    .contains("OPENUPTIMES_DATA_DIR");
            assertThat(first.get("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBadSettingStopsTheStartWithALineThatNamesIt() throws Exception {
        Files.createDirectories(dir.resolve("conf"));
        Files.writeString(dir.resolve("conf/openuptimes.yaml"), "http:\n  prot: 80\n");
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of("OPENUPTIMES_CHECK_INTERVAL", "often"))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.log().lines())
                    .contains(
                            "Bad setting: OPENUPTIMES_CHECK_INTERVAL: must be a whole number from 1 to 86400, not \"often\"",
                            "Bad setting: http.prot: unknown setting");
        }
    }

    @Test
    void aServerThatCannotBeRunIsABadSetting() throws Exception {
        Path none = dir.resolve("no-redis-server");
        try (ServiceProcess service = ServiceProcess.start(dir, Map.of("OPENUPTIMES_REDIS_SERVER", none.toString()))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.log())
                    .contains("Bad setting: redis.server: " + none
                            + " cannot be run, or is neither a Redis nor a Valkey server");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidPlainly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServiceProcess service = ServiceProcess.start(
                        dir, Map.of("OPENUPTIMES_HTTP_PORT", String.valueOf(taken.getLocalPort())))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.log())
                    .endsWith("OpenUptimes did not start: Port " + taken.getLocalPort() + " is already in use."
                            + " Stop the other program or set http.port (OPENUPTIMES_HTTP_PORT)."
                            + System.lineSeparator());
        }
    }

    @Test
    void waitsForARedisThatIsNotThereAndComesBackWhenItGoes() throws Exception {
        try (RestartableRedis redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")));
                ServiceProcess service = ServiceProcess.start(dir, Map.of("OPENUPTIMES_REDIS_URL", redis.url()))
                        .listening()) {
            assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(service.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(service.get("/api/status").statusCode()).isEqualTo(503);
            assertThat(service.get("/api/test-redis").statusCode()).isEqualTo(503);
            assertThat(service.send("POST", "/api/services", service("a")).statusCode())
                    .isEqualTo(503);
            eventually(() -> assertThat(service.log()).contains("Redis cannot be reached"));

            redis.start();
            eventually(() -> assertThat(service.get("/readyz").statusCode()).isEqualTo(200));
            assertThat(service.send("POST", "/api/services", service("a")).statusCode())
                    .isEqualTo(201);
            eventually(() -> assertThat(history(service)).hasSizeGreaterThanOrEqualTo(2));
            Set<Long> before = timestamps(history(service));

            redis.stop();
            eventually(() -> assertThat(service.get("/readyz").statusCode()).isEqualTo(503));
            assertThat(service.get("/api/status").statusCode()).isEqualTo(200);
            assertThat(service.send("DELETE", "/api/services?name=a", "").statusCode())
                    .isEqualTo(503);
            double checksThen = checks(service);
            eventually(() -> assertThat(checks(service)).isGreaterThanOrEqualTo(checksThen + 2));

            redis.start();
            eventually(() -> {
                double made = checks(service);
                Set<Long> after = timestamps(history(service));
                assertThat(after).containsAll(before);
                // the results of the outage were written, too
                assertThat(made).isGreaterThanOrEqualTo(checksThen + 2);
                assertThat((double) after.size()).isGreaterThanOrEqualTo(made);
            });
        }
    }

    private static double checks(ServiceProcess service) throws Exception {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("openuptimes_checks_total{") && line.contains("status=\"up\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
