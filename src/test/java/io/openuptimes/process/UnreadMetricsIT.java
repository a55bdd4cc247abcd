package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.SilentClient;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers ask a process with a small heap for metrics 60 times a second and read nothing. */
class UnreadMetricsIT {

    private static final int SERVICES = 10_000;
    private static final int REQUESTS_PER_SECOND = 60;
    private static final int REQUESTS = 20 * REQUESTS_PER_SECOND;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OPENUPTIMES_RATE_LIMIT", "0", "OPENUPTIMES_CHECKS_MAX_PER_HOST", "100");

    /** So long that an answer of 10,000 services does not fit in the sockets. */
    private static final String NAME = "a long name ".repeat(16);

    @TempDir
    private Path dir;

    private final List<SilentClient> silent = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (SilentClient client : silent) {
            client.close();
        }
    }

    private static String services(TargetServer target) {
        JsonArray services = new JsonArray();
        for (int i = 0; i < SERVICES; i++) {
            services.add(new JsonObject()
                    .put("name", NAME + i)
                    .put("url", target.url("/" + i % 10))
                    .put("interval", 20));
        }
        return new JsonObject().put("services", services).encode();
    }

    private ServiceProcess start() throws Exception {
        return ServiceProcess.start(
                        dir,
                        ENVIRONMENT,
                        List.of(),
                        List.of("@" + Path.of("conf/jvm.options").toAbsolutePath(), "-Xmx256m"))
                .ready();
    }

    private void askWithoutReading(ServiceProcess service) throws Exception {
        int port = URI.create(service.url()).getPort();
        long begun = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            silent.add(new SilentClient("127.0.0." + (2 + i % 5), port).get("/metrics"));
            long due = begun + (i + 1) * TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime()); // the pace of the requests
            if (i % REQUESTS_PER_SECOND == 0) {
                assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
                assertThat(service.json("/api/status?limit=1").getInteger("matching"))
                        .isEqualTo(SERVICES);
            }
        }
    }

    private static String metrics(ServiceProcess service) throws Exception {
        HttpResponse<String> response = service.get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void theProcessLivesAndAnswersOthers() throws Exception {
        try (TargetServer target = TargetServer.start();
                ServiceProcess service = start()) {
            assertThat(service.send("PUT", "/api/services/bulk", services(target))
                            .statusCode())
                    .isEqualTo(200);
            eventually(Duration.ofMinutes(2), () -> assertThat(
                            service.json("/api/status?status=up&limit=1").getInteger("matching"))
                    .isGreaterThan(SERVICES / 2)); // the metrics show what has been checked
            askWithoutReading(service);

            String metrics = metrics(service);
            assertThat(metrics.lines().filter(line -> line.startsWith("openuptimes_service_up{")))
                    .hasSizeGreaterThan(SERVICES / 2);
            assertThat(sum(metrics, "openuptimes_http_answers_refused_total")
                            + sum(metrics, "openuptimes_http_answers_broken_off_total"))
                    .isPositive();
            assertThat(service.process().isAlive()).isTrue();
            assertThat(service.log()).doesNotContain("OutOfMemory").doesNotContain("heap is nearly full");
        }
    }
}
