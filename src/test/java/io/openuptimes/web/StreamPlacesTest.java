package io.openuptimes.web;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.SilentClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Event streams and waiting requests while anonymous callers use up their share of connections. */
class StreamPlacesTest {

    private static final String WITH_KEY = "Authorization: Bearer " + ApiServer.KEY;

    /** 2 per caller, 18 for anonymous ones. */
    @RegisterExtension
    static final ApiServer api = new ApiServer().with("OPENUPTIMES_HTTP_MAX_EVENT_STREAMS", "20");

    private final List<SilentClient> clients = new ArrayList<>();

    @BeforeEach
    void allPlacesAreTaken() throws Exception {
        eventually(() -> assertThat(open()).isZero());
        for (int address = 2; address <= 10; address++) {
            assertThat(stream("127.0.0." + address).status()).isEqualTo(200);
            assertThat(stream("127.0.0." + address).status()).isEqualTo(200);
        }
        assertThat(open()).isEqualTo(18);
    }

    @AfterEach
    void leave() throws IOException {
        for (SilentClient client : clients) {
            client.close();
        }
    }

    private static double metric(String name) {
        return api.getWithKey("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static double open() {
        return metric("openuptimes_event_streams ");
    }

    private SilentClient from(String address) throws IOException {
        SilentClient client = new SilentClient(address, api.port());
        clients.add(client);
        return client;
    }

    private SilentClient stream(String address, String... headers) throws IOException {
        return from(address).get("/api/events", headers);
    }

    @Test
    void aCallerWithAKeyFindsAPlace() throws Exception {
        assertThat(stream("127.0.0.2", WITH_KEY).status()).isEqualTo(200);
        assertThat(stream("127.0.0.2", WITH_KEY).status()).isEqualTo(200);

        assertThat(open()).isEqualTo(20);
        assertThat(stream("127.0.0.2", WITH_KEY).status()).isEqualTo(429);
    }

    @Test
    void anotherAddressGetsThePlaceOfTheOldestStreamOfOneThatHasMost() throws Exception {
        double before = metric("openuptimes_event_streams_ended_total{reason=\"evicted\"}");

        assertThat(stream("127.0.0.77").status()).isEqualTo(200);

        SilentClient oldest = clients.get(0);
        assertThat(oldest.readUntil("\"evicted\"")).contains("event: dropped\ndata: {\"reason\":\"evicted\"");
        assertThat(oldest.readUntil("\r\n0\r\n\r\n")).endsWith("\r\n0\r\n\r\n"); // a clean end
        assertThat(metric("openuptimes_event_streams_ended_total{reason=\"evicted\"}"))
                .isEqualTo(before + 1);
        assertThat(open()).isEqualTo(18);
    }

    @Test
    void anAddressThatHasAsManyAsAnyOtherGetsNoMore() throws Exception {
        SilentClient third = stream("127.0.0.3");

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.readUntil("\r\n\r\n").toLowerCase(java.util.Locale.ROOT))
                .contains("retry-after: ");
        assertThat(open()).isEqualTo(18);
    }

    @Test
    void aRequestThatWaitsMakesRoomByBeingAnswered() throws Exception {
        clients.remove(0).close();
        clients.remove(0).close();
        eventually(() -> assertThat(open()).isEqualTo(16));
        String cursor = api.get("/api/transitions").json().getString("cursor");
        SilentClient waiting = from("127.0.0.2").get("/api/status?wait=60&since=" + cursor);
        eventually(() -> assertThat(open()).isEqualTo(17));
        from("127.0.0.2")
                .get("/api/services?wait=60&since=" + cursor, "Accept: application/json")
                .status(); // a 401
        from("127.0.0.2").get("/api/transitions?wait=60&since=" + cursor);
        eventually(() -> assertThat(open()).isEqualTo(18));
        for (int address = 50; address < 60; address++) { // each evicts one from an address with two
            assertThat(stream("127.0.0." + address).status()).isEqualTo(200);
        }

        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.readUntil("\"removed\":[]}")).contains("\"reset\":false");
    }
}
