package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.SilentClient;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger asks for metrics 60 times a second and reads nothing. */
class UnreadMetricsIT {

    private static final int SERVICES = 10_000;
    private static final int REQUESTS = 900; // 15 seconds' worth

    @TempDir
    private Path dir;

    private static String services(TargetServer target) {
        JsonArray services = new JsonArray();
        for (int i = 0; i < SERVICES; i++) {
            services.add(new JsonObject()
                    .put("name", "a service whose name has the usual length " + i)
                    .put("url", target.url("/" + i % 10))
                    .put("interval", 20));
        }
        return new JsonObject().put("services", services).encode();
    }

    @Test
    void theServiceLivesAndAnswers() throws Exception {
        List<SilentClient> silent = new ArrayList<>();
        try (TargetServer target = TargetServer.start();
                ServiceProcess service = start()) {
            assertThat(service.send("PUT", "/api/services/bulk", services(target))
                            .statusCode())
                    .isEqualTo(200);
            eventually(Duration.ofMinutes(2), () -> assertThat(
                            service.json("/api/status?status=up&limit=1").getInteger("matching"))
                    .isGreaterThan(SERVICES / 2));
            int port = URI.create(service.url()).getPort();
            long begun = System.nanoTime();
            for (int i = 0; i < REQUESTS; i++) {
                silent.add(new SilentClient("127.0.0." + (2 + i % 5), port).get("/metrics"));
                long due = begun + i * 1_000_000_000L / 60;
                Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
                if (i % 100 == 50) {
                    assertThat(service.json("/api/status?limit=1").getInteger("matching"))
                            .isEqualTo(SERVICES);
                }
            }

            assertThat(service.get("/metrics").statusCode()).isEqualTo(200);
            assertThat(service.process().isAlive()).isTrue();
            assertThat(service.log()).doesNotContain("OutOfMemory");
        } finally {
            for (SilentClient client : silent) {
                client.close();
            }
        }
    }

    private ServiceProcess start() throws Exception {
        return ServiceProcess.start(
                        dir,
                        Map.of("OPENUPTIMES_CHECKS_MAX_PER_HOST", "100"),
                        List.of(),
                        List.of("@" + Path.of("conf/jvm.options").toAbsolutePath(), "-Xmx256m"))
                .ready();
    }
}
