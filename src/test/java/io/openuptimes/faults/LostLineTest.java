package io.openuptimes.faults;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service with a reference target that falls silent and answers again, and services that fail meanwhile. */
@Timeout(180)
class LostLineTest {

    private static final int SERVICES = 20;

    private final Vertx vertx = Vertx.vertx();
    private volatile boolean silent;
    private Monitored monitored;
    private int deadPort;

    @BeforeEach
    void start() throws Exception {
        NetServer reference = await(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    if (!silent) {
                        socket.write("HTTP/1.1 204 No Content\r\n\r\n");
                    }
                }))
                .listen(0, "127.0.0.1"));
        deadPort = FreePorts.one();
        monitored = new Monitored(Map.of(
                "OPENUPTIMES_EGRESS_TARGETS",
                "http://127.0.0.1:" + reference.actualPort(),
                "OPENUPTIMES_CHECKS_MAX_PER_HOST",
                "100",
                "OPENUPTIMES_NODE_NAME",
                "berlin-1"));
    }

    @AfterEach
    void stop() throws Exception {
        monitored.close();
        await(vertx.close());
    }

    private List<JsonObject> statuses() throws Exception {
        return monitored.json("/api/status").getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Redirects all services to a port where nothing listens, or back to their target. */
    private void move(String url) throws Exception {
        JsonArray services = new JsonArray();
        for (int i = 0; i < SERVICES; i++) {
            services.add(new JsonObject().put("name", "s" + i).put("url", url).put("interval", 1));
        }
        monitored.done("PUT", "/api/services/bulk", services.encode());
    }

    private JsonObject egress() throws Exception {
        return monitored
                .json("/api/nodes")
                .getJsonArray("nodes")
                .getJsonObject(0)
                .getJsonObject("egress");
    }

    private long transitions() throws Exception {
        return monitored.json("/api/transitions?limit=1000").getJsonArray("transitions").stream()
                .map(JsonObject.class::cast)
                .filter(transition -> !transition.getString("from").equals("unknown"))
                .count();
    }

    @Test
    void failuresWhileTheLineIsLostAreUnknownInOneEventAndCountNowhere() throws Exception {
        monitored.services(SERVICES);
        eventually(() -> assertThat(statuses()).allMatch(service -> "up".equals(service.getString("status"))));
        try (EventReader events = new EventReader(
                "http://127.0.0.1:" + monitored.app.port() + "/api/events",
                "Authorization",
                "Bearer " + Monitored.KEY)) {
            silent = true;
            move("http://127.0.0.1:" + deadPort);

            eventually(() -> assertThat(statuses())
                    .hasSize(SERVICES)
                    .allMatch(service -> "unknown".equals(service.getString("status"))
                            && "egress".equals(service.getString("reason"))));
            eventually(() -> assertThat(egress().getBoolean("works")).isFalse());
            assertThat(egress().getString("reason")).isEqualTo("egress");
            assertThat(monitored.metric("openuptimes_egress_lost")).isOne();
            assertThat(monitored.send("GET", "/readyz", null).statusCode()).isEqualTo(200);
            JsonObject begun =
                    events.await("node", data -> !data.getBoolean("works")).data();
            assertThat(begun.getJsonObject("node").getString("name")).isEqualTo("berlin-1");
            assertThat(begun.getString("reason")).isEqualTo("egress");
            assertThat(transitions()).as("transitions").isZero();
            JsonObject uptime = monitored
                    .json("/api/uptime?service=s0")
                    .getJsonArray("services")
                    .getJsonObject(0);
            assertThat(uptime.getJsonObject("uptime").getDouble("day"))
                    .as(uptime.encode())
                    .isOne();

            silent = false;

            JsonObject ended =
                    events.await("node", data -> data.getBoolean("works")).data();
            assertThat(ended.getLong("beganAt")).isEqualTo(begun.getLong("beganAt"));
            assertThat(ended.getLong("endedAt")).isGreaterThan(begun.getLong("beganAt"));
            eventually(() -> assertThat(statuses()).allMatch(service -> "down".equals(service.getString("status"))));
            assertThat(events.events("node")).hasSize(2);
            eventually(() -> assertThat(egress().getBoolean("works")).isTrue());
        }
    }
}
