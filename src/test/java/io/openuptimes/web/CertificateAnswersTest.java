package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.Eventually;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and warnings in responses: expiry in all of them; details only for a single service and with a key. */
class CertificateAnswersTest {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    /** The evening before a midnight in UTC. */
    private static final long EVENING = 20_000 * DAY - 1_800_000;

    private static final int FEW = 6;
    private static final int MANY = StatusBoard.SMALL + 100;

    private final ManualClock clock = new ManualClock(EVENING);
    private LargeBoard server;
    private Curl curl;

    /** All services show the same certificate, which expires this many days after the evening. */
    private void start(int services, int days) throws Exception {
        server = new LargeBoard(services, clock);
        curl = new Curl(server.port());
        List<SeenCertificate> seen = IntStream.range(0, services)
                .mapToObj(i ->
                        new SeenCertificate("id" + i, Samples.certificate(EVENING - 300 * DAY, EVENING + days * DAY)))
                .toList();
        server.bus().publish(EventMessage.CERTIFICATES, new CertificatesChanged(seen));
        Eventually.eventually(() -> assertThat(
                        get("/api/status?limit=1&fields=certificate", true).text())
                .contains("validTo"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer get(String path, boolean withKey, String... headers) {
        Curl.Call call = curl.call("GET", path);
        if (withKey) {
            call = call.key(LargeBoard.KEY);
        }
        for (int i = 0; i < headers.length; i += 2) {
            call = call.with(headers[i], headers[i + 1]);
        }
        return call.send();
    }

    private static void assertTellsNothing(String body) {
        assertThat(body).doesNotContainIgnoringCase("secret").doesNotContain("5ec2e7", "validFrom", "chainValidTo");
    }

    private static void assertTellsAll(String body) {
        assertThat(body).contains("secret.internal", "Secret Issuer", "5ec2e7", "validFrom", "chainValidTo");
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void answersOverManyServicesTellNobodyNamesIssuerOrFingerprint(int services) throws Exception {
        start(services, 5);
        String event = get("/api/status?limit=1", false).json().getString("event");
        for (String path : List.of(
                "/api/status",
                "/api/status?limit=10",
                "/api/status?fields=name,certificate,warnings",
                "/api/status?warnings=true&include=groups",
                "/api/status?q=secret.internal",
                "/api/status?service=service-1&service=service-2",
                "/metrics")) {
            for (boolean withKey : new boolean[] {true, false, true, false}) { // in either order
                assertTellsNothing(get(path, withKey).text());
            }
        }
        assertThat(get("/api/status", false).text()).contains("\"certificate\":{\"validTo\":");

        clock.advance(DAY);
        server.bus().publish(EventMessage.CERTIFICATES, new CertificatesChanged(List.of(renewed())));
        assertTellsNothing(get("/api/status?wait=30&since=" + event, false).text());
        assertTellsNothing(get("/api/status?wait=30&since=" + event, true).text());
        assertTellsNothing(get("/api/services?limit=10", true).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/status?service=service-1", "/api/status?service=service-1&fields=certificate"})
    void anAnswerAboutOneServiceTellsAllToCallersWithAKey(String path) throws Exception {
        start(FEW, 5);

        assertTellsAll(get(path, true).text());
        assertTellsNothing(get(path, false).text());
    }

    @Test
    void soDoesTheServiceWithItsFields() throws Exception {
        start(FEW, 5);

        assertTellsAll(get("/api/services?name=service-1", true).text());
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW, MANY})
    void allCallersShareAnAnswerWhereNothingIsHidden(int services) throws Exception {
        start(services, 5);
        Eventually.eventually(() -> assertThat(get("/api/status", false).text()).contains("\"daysLeft\":"));

        Answer open = get("/api/status", false);
        Answer known = get("/api/status", true);

        assertThat(known.header("ETag")).isEqualTo(open.header("ETag"));
        assertThat(known.text()).isEqualTo(open.text());
    }

    private static SeenCertificate renewed() {
        return new SeenCertificate("id3", Samples.certificate(EVENING, EVENING + 90 * DAY));
    }

    @Test
    void aResultTellsEveryReaderOnlyTheEnd() throws Exception {
        start(FEW, 5);
        String path = "/api/events?service=service-1";
        try (EventReader open = new EventReader(curl.url(path));
                EventReader known = new EventReader(curl.url(path), "Authorization", "Bearer " + LargeBoard.KEY)) {
            open.await("summary", data -> true);
            known.await("summary", data -> true);
            server.bus()
                    .publish(
                            EventMessage.STATUS_CHANGED,
                            new StatusChanged(List.of(Samples.up("id1", EVENING + 5_000))));

            String toAll = open.await("result", data -> true).data().encode();
            assertThat(toAll).contains("\"certificate\":{\"validTo\":");
            assertTellsNothing(toAll);
            assertThat(known.await("result", data -> true).data().encode()).contains("\"certificate\":{\"validTo\":");
        }
    }

    @Test
    void anAnswerIsTheSameUntilMidnightAndAnotherOneThen() throws Exception {
        start(FEW, 30);
        String tag = get("/api/status", false).header("ETag");
        clock.advance(1_799_999);
        assertThat(get("/api/status", false, "If-None-Match", tag).status()).isEqualTo(304);

        clock.advance(1);

        Eventually.eventually(
                () -> assertThat(get("/api/status", false, "If-None-Match", tag).status())
                        .isEqualTo(200));
        assertThat(get("/api/status", false).text()).contains("\"daysLeft\":29");
    }

    @Test
    void aWarningReachesThoseWhoWaitAtMidnight() throws Exception {
        start(FEW, 14);
        String event = get("/api/status?limit=1", false).json().getString("event");
        assertThat(get("/api/status?wait=1&since=" + event, false).json().getJsonArray("services"))
                .isEmpty();
        CompletableFuture<JsonObject> waiting = CompletableFuture.supplyAsync(
                () -> get("/api/status?wait=60&since=" + event, false).json());
        clock.advance(1_800_000);

        JsonObject told = waiting.get(60, TimeUnit.SECONDS);

        assertThat(told.getBoolean("reset")).isFalse();
        assertThat(told.getJsonArray("services")).hasSize(FEW).allSatisfy(service -> assertThat(
                        ((JsonObject) service).getJsonArray("warnings"))
                .hasSize(1));
        assertThat(told.getJsonObject("counts").getInteger("warnings")).isEqualTo(FEW);
        String now = told.getString("event");
        assertThat(get("/api/status?wait=1&since=" + now, false).json().getJsonArray("services"))
                .isEmpty();
    }

    @Test
    void whoFollowsSeesTheCountdownAndARenewal() throws Exception {
        start(FEW, 5);
        String event = get("/api/status?limit=1", false).json().getString("event");
        clock.advance(DAY);

        JsonObject counted = followed(event, FEW);
        assertThat(warnings(counted.getJsonArray("services").getJsonObject(0))
                        .getJsonObject(0)
                        .getInteger("days"))
                .isEqualTo(4);

        server.bus().publish(EventMessage.CERTIFICATES, new CertificatesChanged(List.of(renewed())));
        JsonObject renewed = followed(counted.getString("event"), 1);
        assertThat(warnings(renewed.getJsonArray("services").getJsonObject(0))).isEmpty();
    }

    /** The changes since an event, once they cover this many services. */
    private JsonObject followed(String event, int services) throws Exception {
        AtomicReference<JsonObject> told = new AtomicReference<>();
        Eventually.eventually(() -> {
            told.set(get("/api/status?since=" + event, false).json());
            assertThat(told.get().getBoolean("reset")).isFalse();
            assertThat(told.get().getJsonArray("services")).hasSize(services);
        });
        return told.get();
    }

    private static JsonArray warnings(JsonObject service) {
        return service.getJsonArray("warnings");
    }

    @Test
    void theEndIsMeasuredWhileAServiceIsStaleAndNotWhileItIsPaused() throws Exception {
        start(FEW, 5);
        clock.advance(DAY);
        server.bus()
                .publish(
                        EventMessage.SERVICE_SAVED,
                        new ServiceSaved(
                                Samples.with(Samples.service("id2", "service-2"), Map.of("paused", true)), null, null));
        Eventually.eventually(() ->
                assertThat(get("/metrics", true).text()).contains("openuptimes_services_stale " + (FEW - 1) + "\n"));

        String text = get("/metrics", true).text();

        assertThat(text).doesNotContain("openuptimes_service_up{");
        assertThat(text.lines().filter(line -> line.startsWith("openuptimes_service_certificate_expiry_seconds{")))
                .hasSize(FEW - 1)
                .noneMatch(line -> line.contains("service-2"));
        assertThat(text).contains("openuptimes_services_warned " + (FEW - 1) + "\n");
    }

    @Test
    void servicesWithWarningsAreAListOfTheirOwn() throws Exception {
        start(FEW, 5);
        server.bus().publish(EventMessage.CERTIFICATES, new CertificatesChanged(List.of(renewed())));
        Eventually.eventually(
                () -> assertThat(get("/api/status?warnings=false", false).json().getInteger("matching"))
                        .isEqualTo(1));

        JsonObject warned = get("/api/status?warnings=true&sort=-name", false).json();

        assertThat(warned.getInteger("matching")).isEqualTo(FEW - 1);
        assertThat(warned.getJsonObject("counts").getInteger("warnings")).isEqualTo(FEW - 1);
        assertThat(get("/api/status?warnings=maybe", false).status()).isEqualTo(400);
        assertThat(get("/metrics", false).text())
                .contains(
                        "openuptimes_services_warned " + (FEW - 1) + "\n",
                        "openuptimes_service_certificate_expiry_seconds{service=\"service-3\",id=\"id3\",group=\"group 3\"} "
                                + (EVENING + 90 * DAY) / 1_000 + "\n");
    }
}
