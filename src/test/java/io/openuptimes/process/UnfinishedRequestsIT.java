package io.openuptimes.process;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawClient;
import io.openuptimes.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anonymous callers send requests that never end to a process with a small heap. */
class UnfinishedRequestsIT {

    private static final int MB = 1_000_000;

    @TempDir
    private Path dir;

    private final List<RawClient> clients = new ArrayList<>();

    private ServiceProcess start() throws Exception {
        return ServiceProcess.startWithHeap("256m", dir, Map.of());
    }

    private RawClient connect(ServiceProcess service) throws IOException {
        RawClient client = new RawClient(URI.create(service.url()).getPort());
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void bodiesThatStopEndNothingButTheirOwnConnections() throws Exception {
        byte[] head = ("POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                        + (MB + 10_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[MB];
        try (ServiceProcess service = start()) {
            for (int i = 0; i < 240; i++) {
                RawClient client = connect(service);
                try {
                    client.send(head).send(body);
                } catch (IOException e) {
                    // rejected, and the connection closed before everything was sent
                }
                if (i % 40 == 0) {
                    service.assertHealthy();
                }
            }
            service.assertHealthy();
            assertThat(service.metric("openuptimes_http_intake_refused_total{reason=\"caller\"}"))
                    .isGreaterThan(200);
            eventually(() -> assertThat(service.metric("openuptimes_http_bodies_held_bytes "))
                    .isZero());
            service.assertHealthy();
        }
    }

    @Test
    void headsThatStopEndTheirConnections() throws Exception {
        try (ServiceProcess service = start()) {
            for (int i = 0; i < 600; i++) {
                connect(service).send("GET /api/status HTTP/1.1\r\nHost: a\r\nX-" + i + ": ");
            }
            service.assertHealthy();
            for (RawClient client : clients) {
                client.awaitEnd();
            }
            assertThat(service.metric("openuptimes_http_intake_refused_total{reason=\"slow_head\"}"))
                    .isEqualTo(600);
            service.assertHealthy();
        }
    }

    @Test
    void oneEntryOfABulkChangeCostsNoMoreThanAnother() throws Exception {
        List<String> endless = List.of("[],", "{},", "\"\",", "{\"a\":0},");
        try (ServiceProcess service = start()) {
            for (String each : endless) {
                String body = "[{\"labels\": [" + each.repeat(48 * MB / each.length()) + "0]}]";
                HttpResponse<String> refused = service.send("PUT", "/api/services/bulk", body);
                assertThat(refused.statusCode()).as(each).isEqualTo(400);
                assertThat(refused.body()).contains("services[0]: must have at most 1000 members in all");
            }
            String labels =
                    IntStream.range(0, 3 * MB).mapToObj(i -> "\"l" + i + "\":0").collect(Collectors.joining(","));
            for (String field : List.of("[{\"labels\": {" + labels + "}}]", "[{" + labels + "}]")) {
                HttpResponse<String> refused = service.send("PUT", "/api/services/bulk", field);
                assertThat(refused.statusCode()).isEqualTo(400);
            }
            service.assertHealthy();
        }
    }
}
