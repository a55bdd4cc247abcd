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

/** Anonymous callers request metrics from a process with a small heap 60 times per second and read nothing. */
class UnreadMetricsIT {

    private static final int SERVICES = 10_000;
    private static final int REQUESTS_PER_SECOND = 60;
    private static final int REQUESTS = 20 * REQUESTS_PER_SECOND;

    /** Long enough that a response for 10,000 services exceeds the socket buffers. */
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

    private void askWithoutReading(ServiceProcess service) throws Exception {
        int port = URI.create(service.url()).getPort();
        long begun = System.nanoTime();
        for (int i = 0; i < REQUESTS; i++) {
            silent.add(new SilentClient("127.0.0." + (2 + i % 5), port).get("/metrics"));
            long due = begun + (i + 1) * TimeUnit.SECONDS.toNanos(1) / REQUESTS_PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime()); // paces the requests
            if (i % REQUESTS_PER_SECOND == 0) {
                assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
                assertThat(service.json("/api/status?limit=1").getInteger("matching"))
                        .isEqualTo(SERVICES);
            }
        }
    }

    @Test
    void theProcessLivesAndAnswersOthers() throws Exception {
        try (TargetServer target = TargetServer.start();
                ServiceProcess service =
                        ServiceProcess.startWithHeap("256m", dir, Map.of("OPENUPTIMES_CHECKS_MAX_PER_HOST", "100"))) {
            assertThat(service.send("PUT", "/api/services/bulk", services(target))
                            .statusCode())
                    .isEqualTo(200);
            eventually(Duration.ofMinutes(2), () -> assertThat(
                            service.json("/api/status?status=up&limit=1").getInteger("matching"))
                    .isGreaterThan(SERVICES / 2)); // the metrics contain the checked services
            askWithoutReading(service);

            assertThat(service.metric("openuptimes_service_up{")).isGreaterThan(SERVICES / 2);
            assertThat(service.metric("openuptimes_http_answers_refused_total")
                            + service.metric("openuptimes_http_answers_broken_off_total"))
                    .isPositive();
            service.assertHealthy();
        }
    }
}
