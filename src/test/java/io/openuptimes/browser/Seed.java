package io.openuptimes.browser;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Services with a history. Random values have a fixed seed, so that it is the same each time. */
final class Seed {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int DAYS = 90;

    private final Browsing browsing;
    private final Random random = new Random(7);

    Seed(Browsing browsing) {
        this.browsing = browsing;
    }

    /**
     * @param usualMs its typical response time
     * @param failures failures per ten thousand checks
     */
    private record Sample(String group, String name, String description, int usualMs, int failures) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("Shop", "Storefront", "What customers see first", 118, 4),
            new Sample("Shop", "Checkout", "Basket, address, payment", 240, 12),
            new Sample("Shop", "Product search", "", 74, 0),
            new Sample("Shop", "Recommendations", "", 310, 25),
            new Sample("API", "Public API", "api.example.com, version 3", 46, 2),
            new Sample("API", "Webhooks", "Delivery to customers' systems", 95, 8),
            new Sample("API", "Sign-in", "OAuth and sessions", 133, 1),
            new Sample("Back office", "Warehouse", "Stock and picking lists", 412, 30),
            new Sample("Back office", "Invoices", "", 205, 3),
            new Sample("Back office", "Reports", "Made every night", 880, 40),
            new Sample("Infrastructure", "Mail relay", "", 61, 5),
            new Sample("Infrastructure", "Image delivery", "CDN origin", 38, 0),
            new Sample("", "Company website", "", 87, 6),
            new Sample("", "Documentation", "docs.example.com", 52, 0));

    static final String DOWN = "Warehouse";
    static final String PAUSED = "Reports";

    /**
     * Creates fourteen services in four groups and two without one, with ninety days of history; one is down, one is
     * paused. They point to the test's target server.
     */
    void believable() throws Exception {
        browsing.api().call("PATCH", "/api/ping-history/ttl", new JsonObject().put("ttl", 0));
        List<String> ids = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            browsing.target().slow(path(sample.name), sample.usualMs);
            // paused, since a service that has been checked rejects older results
            JsonObject fields = new JsonObject()
                    .put("description", sample.description)
                    .put("group", sample.group)
                    .put("interval", 60)
                    .put("paused", true);
            ids.add(browsing.api()
                    .create(sample.name, browsing.target().url(path(sample.name)), fields)
                    .getString("id"));
        }
        long now = System.currentTimeMillis();
        List<CheckResult> results = new ArrayList<>();
        for (long at = now - DAYS * 24 * HOUR;
                at < now - HOUR / 60;
                at += at < now - 25 * HOUR ? 3 * HOUR : HOUR / 12) {
            for (int i = 0; i < SAMPLES.size(); i++) {
                results.add(result(ids.get(i), at + i * 700L, SAMPLES.get(i), now - at < HOUR / 2));
            }
        }
        record(results);
        browsing.target().down(path(DOWN));
        for (Sample sample : SAMPLES) {
            if (!sample.name.equals(PAUSED)) {
                browsing.api().change(sample.name, new JsonObject().put("paused", false));
            }
        }
        eventually(() -> assertThat(browsing.api()
                        .get("/api/status?limit=1")
                        .getJsonObject("counts")
                        .getInteger("up"))
                .isEqualTo(SAMPLES.size() - 2));
    }

    /** The service's path on the target server. */
    static String path(String name) {
        return "/" + Api.encoded(name);
    }

    private CheckResult result(String id, long at, Sample sample, boolean recent) {
        boolean failed = (recent && sample.name.equals(DOWN)) || random.nextInt(10_000) < sample.failures;
        double busy = 1 + 0.25 * Math.sin(at * 2 * Math.PI / (24 * HOUR)); // more load by day
        int ms = (int) (sample.usualMs * busy * (0.85 + random.nextExponential() * 0.15));
        return failed ? failure(id, at, random.nextBoolean() ? Outcome.TIMEOUT : Outcome.STATUS) : up(id, at, ms);
    }

    static CheckResult up(String id, long at, int ms) {
        return new CheckResult(id, at, Outcome.UP, 200, ms, new Phases(1, ms / 8, 0, ms - ms / 4, ms / 8), "");
    }

    static CheckResult failure(String id, long at, Outcome outcome) {
        return outcome == Outcome.TIMEOUT
                ? new CheckResult(id, at, outcome, 0, 10_000, Phases.NONE, "no response within 10000 ms")
                : new CheckResult(id, at, outcome, 503, 41, Phases.NONE, "503 instead of 200");
    }

    /**
     * Creates thousands of services in fifty groups, each checked once. Writes directly to the store, because HTTP
     * requests would take longer than the test.
     */
    void many(int count) throws Exception {
        int atOnce = 100;
        for (int from = 0; from < count; from += atOnce) {
            List<Future<?>> created = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + atOnce); i++) {
                Map<String, Object> fields = Map.of(
                        "name", "Service %05d".formatted(i),
                        "url", browsing.target().url("/many"),
                        "description", "Number " + i,
                        "group", "Group %02d".formatted(i % 50));
                created.add(browsing.app().bus().request(StoreMessage.CREATE_SERVICE, new CreateService(fields)));
            }
            await(Future.all(created));
        }
        eventually(Duration.ofMinutes(5), () -> assertThat(browsing.api()
                        .get("/api/status?limit=1")
                        .getJsonObject("counts")
                        .getInteger("unknown"))
                .isZero());
    }

    /** Writes results, oldest first, through the store's queue and waits until they are stored. */
    void record(List<CheckResult> results) throws Exception {
        int chunk = 20_000; // below the capacity of the store's queue
        for (int from = 0; from < results.size(); from += chunk) {
            List<CheckResult> part = results.subList(from, Math.min(results.size(), from + chunk));
            browsing.app().bus().send(StoreMessage.RECORD_ALL, Unjudged.results(List.copyOf(part)));
            CheckResult last = part.get(part.size() - 1);
            eventually(Duration.ofMinutes(5), () -> assertThat(lastChecked(last.serviceId()))
                    .isGreaterThanOrEqualTo(last.timestamp()));
        }
    }

    private long lastChecked(String id) {
        return browsing.api().get("/api/status?limit=1000").getJsonArray("services").stream()
                .map(JsonObject.class::cast)
                .filter(service -> service.getString("id").equals(id))
                .map(service -> service.getLong("lastChecked"))
                .mapToLong(at -> at == null ? 0 : at)
                .findFirst()
                .orElse(0);
    }
}
