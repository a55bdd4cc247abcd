package io.openuptimes.faults;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.RawServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A child process in a network namespace of its own: the whole service, a service and a reference target beyond a line,
 * which are two addresses that it removes and adds again. Prints what the API says after each step.
 */
public final class CutLineChild {

    private static final String SERVICE = "192.0.2.10";
    private static final String REFERENCE = "192.0.2.11";
    static final List<String> ADDRESSES = List.of(SERVICE + "/32", REFERENCE + "/32");

    private final Monitored monitored;

    private CutLineChild(Monitored monitored) {
        this.monitored = monitored;
    }

    public static void main(String... none) throws Exception {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (RawServer far = RawServer.on("0.0.0.0", conversation -> {
                    conversation.awaitHead();
                    conversation.send(answer);
                    conversation.close();
                });
                Monitored monitored =
                        new Monitored(Map.of("OPENUPTIMES_EGRESS_TARGETS", "tcp://" + REFERENCE + ":" + far.port()))) {
            new CutLineChild(monitored).run("http://" + SERVICE + ":" + far.port() + "/");
        } catch (Exception | AssertionError e) {
            e.printStackTrace(System.out);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private void run(String url) throws Exception {
        JsonArray services = new JsonArray()
                .add(new JsonObject().put("name", "far").put("url", url).put("interval", 1));
        monitored.done("PUT", "/api/services/bulk", services.encode());
        await("up", null);
        Object since = status().getValue("since");

        change("del");
        await("unknown", "egress");
        System.out.println(
                "cut: ready " + monitored.send("GET", "/readyz", null).statusCode());
        for (int i = 0; i < 3; i++) {
            int before = entries("unknown");
            eventually(() -> assertThat(entries("unknown")).isGreaterThan(before));
        }

        change("add");
        await("up", null);
        System.out.println("back: since as before " + since.equals(status().getValue("since")));
        System.out.println("down in history " + entries("down"));
        System.out.println("changes from or to down " + transitions());
        System.out.println("uptime " + uptime());
    }

    private static void change(String how) throws IOException, InterruptedException {
        for (String address : ADDRESSES) {
            int code = new ProcessBuilder("ip", "addr", how, address, "dev", "lo")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("ip addr " + how + " ended with " + code);
            }
        }
    }

    private JsonObject status() throws Exception {
        return monitored.json("/api/status?limit=1").getJsonArray("services").getJsonObject(0);
    }

    private void await(String status, String reason) throws Exception {
        eventually(() -> {
            JsonObject now = status();
            assertThat(now.getString("status")).isNotEqualTo("down").isEqualTo(status);
            assertThat(now.getString("reason")).isEqualTo(reason);
        });
    }

    private int entries(String status) throws Exception {
        return (int) monitored.json("/api/history/far").getJsonArray("history").stream()
                .filter(entry -> status.equals(((JsonObject) entry).getString("status")))
                .count();
    }

    private long transitions() throws Exception {
        return monitored.json("/api/transitions").getJsonArray("transitions").stream()
                .filter(change -> ((JsonObject) change).encode().contains("down"))
                .count();
    }

    private double uptime() throws Exception {
        return monitored
                .json("/api/uptime?service=far")
                .getJsonArray("services")
                .getJsonObject(0)
                .getJsonObject("uptime")
                .getDouble("day");
    }
}
