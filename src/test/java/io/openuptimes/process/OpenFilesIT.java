package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process has few file descriptors, or none left. */
class OpenFilesIT {

    private static final int LIMIT = 300;
    private static final int SERVICES = 50;
    private static final List<String> FEW = List.of("/bin/sh", "-c", "ulimit -n " + LIMIT + "; exec \"$@\"", "sh");

    @TempDir
    private Path dir;

    private ServiceProcess start(Map<String, String> more) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
        Map<String, String> environment = new HashMap<>(more);
        environment.put("OPENUPTIMES_RATE_LIMIT", "0");
        environment.put("OPENUPTIMES_CHECKS_MAX_PER_HOST", "10000");
        return ServiceProcess.start(dir, environment, FEW, List.of()).ready();
    }

    private static void add(ServiceProcess service, TargetServer target, int many, long answersAfterMs)
            throws Exception {
        JsonArray services = new JsonArray();
        for (int i = 0; i < many; i++) {
            target.slow("/s" + i, answersAfterMs);
            services.add(new JsonObject()
                    .put("name", "s" + i)
                    .put("url", target.url("/s" + i))
                    .put("interval", 1)
                    .put("timeout", 30_000));
        }
        String bulk = new JsonObject().put("services", services).encode();
        assertThat(service.send("PUT", "/api/services/bulk", bulk).statusCode()).isEqualTo(200);
    }

    /** Sends a request over a new connection, which must be accepted first. */
    private static String askAnew(ServiceProcess service) throws IOException {
        URI at = URI.create(service.url());
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            }
        }
    }

    private static void assertNobodyIsDown(ServiceProcess service) throws Exception {
        assertThat(service.json("/api/transitions?limit=1000").getJsonArray("transitions"))
                .extracting(each -> ((JsonObject) each).getString("to"))
                .containsOnly("up");
    }

    private static long missed(ServiceProcess service, String why) throws Exception {
        return service.json("/api/schedule").getJsonObject("missedBy").getLong(why);
    }

    @Test
    void moreChecksThanDescriptorsLeaveRoomForTheApi() throws Exception {
        try (TargetServer target = TargetServer.start();
                ServiceProcess service = start(Map.of())) {
            add(service, target, 400, 2_000);
            eventually(() -> {
                JsonObject schedule = service.json("/api/schedule");
                assertThat(schedule.getInteger("running")).isEqualTo(LIMIT / 2);
                assertThat(askAnew(service)).startsWith("HTTP/1.1 200");
            });
            eventually(Duration.ofMinutes(1), () -> {
                assertThat(askAnew(service)).startsWith("HTTP/1.1 200");
                assertThat(service.json("/api/transitions?limit=1000").getJsonArray("transitions"))
                        .hasSize(400);
            });
            assertNobodyIsDown(service);
            assertThat(service.log()).doesNotContain("out of file descriptors");
        }
    }

    @Test
    void whereNoneIsLeftTheChecksStandBackAndTheApiAndRedisGoOn() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v prlimit").start().waitFor() == 0, "no prlimit");
        try (TargetServer target = TargetServer.start();
                RestartableRedis redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")))) {
            redis.start();
            try (ServiceProcess service = start(Map.of("OPENUPTIMES_REDIS_URL", redis.url()))) {
                whereNoneIsLeft(service, target, redis);
            }
        }
    }

    private static void whereNoneIsLeft(ServiceProcess service, TargetServer target, RestartableRedis redis)
            throws Exception {
        add(service, target, SERVICES, 0);
        eventually(() -> assertThat(service.json("/api/transitions?limit=1000").getJsonArray("transitions"))
                .hasSize(SERVICES));
        for (int i = 0; i < SERVICES; i++) {
            target.slow("/s" + i, 5_000); // so that demand for descriptors grows
        }
        int soft = lowestFree(service.pid());
        setLimit(service.pid(), soft);
        eventually(() -> assertThat(missed(service, "resource")).isPositive());
        for (int i = 0; i < 20; i++) {
            assertThat(askAnew(service)).startsWith("HTTP/1.1 200");
            assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
        }
        redis.stop();
        eventually(() -> assertThat(service.get("/readyz").statusCode()).isEqualTo(503));
        redis.start();
        eventually(() -> assertThat(service.get("/readyz").statusCode()).isEqualTo(200));
        long resource = missed(service, "resource");
        eventually(() -> assertThat(missed(service, "resource")).isGreaterThan(resource));
        assertNobodyIsDown(service);
        assertThat(service.log()).contains("no file descriptor is left");

        setLimit(service.pid(), LIMIT);
        for (int i = 0; i < SERVICES; i++) {
            target.up("/s" + i);
        }
        long now = System.currentTimeMillis();
        eventually(() -> assertThat(service.json("/api/status").getJsonArray("services"))
                .hasSize(SERVICES)
                .allSatisfy(each ->
                        assertThat(((JsonObject) each).getLong("lastChecked")).isGreaterThan(now)));
        assertNobodyIsDown(service);
    }

    /** All descriptors below it are in use. */
    private static int lowestFree(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            Set<Integer> taken = open.map(
                            file -> Integer.valueOf(file.getFileName().toString()))
                    .collect(Collectors.toSet());
            return IntStream.range(0, LIMIT)
                    .filter(n -> !taken.contains(n))
                    .findFirst()
                    .orElse(LIMIT);
        }
    }

    private static void setLimit(long pid, int soft) throws Exception {
        assertThat(new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--nofile=" + soft + ":")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
