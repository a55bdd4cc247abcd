package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small heap: what fits works, and what does not is rejected with the memory it would need. */
class SmallHeapIT {

    private static final int SERVICES = 10_000;

    @TempDir
    private Path dir;

    private static String services(TargetServer target, int many) {
        JsonArray services = new JsonArray();
        for (int i = 0; i < many; i++) {
            services.add(new JsonObject()
                    .put("name", "service " + i)
                    .put("url", target.url("/" + i % 10))
                    .put("group", "group " + i % 100)
                    .put("interval", 30));
        }
        return new JsonObject().put("services", services).encode();
    }

    @Test
    void tenThousandServicesRunIn128Megabytes() throws Exception {
        try (TargetServer target = TargetServer.start();
                ServiceProcess service = start("128m")) {
            String bulk = services(target, SERVICES);
            assertThat(service.send("PUT", "/api/services/bulk", bulk).statusCode())
                    .isEqualTo(200);
            eventually(Duration.ofMinutes(2), () -> assertThat(
                            service.json("/api/status?status=up&limit=1").getInteger("matching"))
                    .isGreaterThan(SERVICES / 4)); // at 333 per second
            for (int i = 0; i < 3; i++) {
                assertThat(service.json("/api/status").getJsonArray("services")).hasSize(SERVICES);
                assertThat(service.json("/api/services/export").getJsonArray("services"))
                        .hasSize(SERVICES);
                assertThat(service.send("PUT", "/api/services/bulk", bulk).statusCode())
                        .isEqualTo(200);
            }
            assertThat(service.json("/api/schedule").getInteger("services")).isEqualTo(SERVICES);
            assertThat(service.log()).doesNotContain("OutOfMemory").doesNotContain("heap");
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingRunsOut() throws Exception {
        try (TargetServer target = TargetServer.start()) {
            try (ServiceProcess small = start("96m")) {
                HttpResponse<String> refused = small.send("PUT", "/api/services/bulk", services(target, 25_000));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body())
                        .contains("services: are more than this process can hold; ")
                        .contains("need a heap of about")
                        .contains("this process is limited to");
                assertThat(small.json("/api/status").getJsonArray("services")).isEmpty();
            }
        }
    }

    private ServiceProcess start(String heap) throws Exception {
        return ServiceProcess.startWithHeap(heap, dir, Map.of("OPENUPTIMES_CHECKS_MAX_PER_HOST", "100"));
    }
}
