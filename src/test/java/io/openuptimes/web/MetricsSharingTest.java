package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.model.Service;
import io.openuptimes.testing.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which callers share a rendering of the metrics. */
class MetricsSharingTest {

    private static final int REQUESTS = 50;
    private static final LargeBoard server = new LargeBoard(100, Clock.systemUTC());

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        server.close();
    }

    private String metrics(String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    /** Renderings are distinguishable, since each counts the previous requests for metrics. */
    private Set<String> differentOnes(String... headers) throws Exception {
        Set<String> different = new HashSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            different.add(metrics(headers));
        }
        return different;
    }

    @Test
    void callersWithoutAKeyGetOneRenderingASecond() throws Exception {
        long begun = System.nanoTime();

        int different = differentOnes().size();

        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertThat(different).isLessThanOrEqualTo((int) seconds + 2);
    }

    @Test
    void callersWithAKeyGetWhatIsTrueNow() throws Exception {
        assertThat(differentOnes("Authorization", "Bearer " + LargeBoard.KEY)).hasSize(REQUESTS);
    }

    @Test
    void aChangeOfTheServicesIsInTheNextRendering() throws Exception {
        String withKey = "Bearer " + LargeBoard.KEY;
        assertThat(metrics()).contains("{service=\"service-7\",").doesNotContain("renamed");
        Service renamed = LargeBoard.service("id7", "renamed", 7);

        server.bus().publish(EventMessage.SERVICE_SAVED, new ServiceSaved(renamed, null, null));
        Eventually.eventually(
                () -> assertThat(metrics("Authorization", withKey)).contains("{service=\"renamed\","));

        assertThat(metrics()).contains("{service=\"renamed\",").doesNotContain("{service=\"service-7\",");
    }
}
