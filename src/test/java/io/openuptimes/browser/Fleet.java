package io.openuptimes.browser;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Three hundred services in twelve groups with three months of history; eight are down, far from the top. */
final class Fleet {

    static final int SERVICES = 300;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int DAYS = 90;
    private static final List<String> GROUPS = List.of(
            "Accounts",
            "Billing",
            "Catalogue",
            "Delivery",
            "Mail",
            "Orders",
            "Payments",
            "Reports",
            "Search",
            "Stock",
            "Support",
            "Website");
    private static final List<String> PARTS =
            List.of("API", "worker", "database", "queue", "cache", "gateway", "proxy", "jobs", "storage", "exports");

    static final List<String> DOWN = IntStream.of(41, 77, 118, 133, 190, 221, 268, 299)
            .mapToObj(Fleet::name)
            .toList();

    private final Browsing browsing;
    private final Random random = new Random(13);

    Fleet(Browsing browsing) {
        this.browsing = browsing;
    }

    static String group(int index) {
        return GROUPS.get(index * GROUPS.size() / SERVICES);
    }

    private static String name(int index) {
        return "%s %s %02d".formatted(group(index), PARTS.get(index % PARTS.size()), index % 25 + 1);
    }

    void create() throws Exception {
        browsing.api().call("PATCH", "/api/ping-history/ttl", new JsonObject().put("ttl", 0));
        JsonArray services = new JsonArray();
        for (int i = 0; i < SERVICES; i++) {
            String name = name(i);
            services.add(new JsonObject()
                    .put("name", name)
                    .put("url", browsing.target().url(Seed.path(name)))
                    .put("group", group(i))
                    .put("interval", 3600)
                    .put("labels", new JsonObject().put("team", i % 3 == 0 ? "core" : "shop"))
                    .put("paused", true)); // a service that has been checked rejects older results
        }
        browsing.api().call("PUT", "/api/services/bulk", new JsonObject().put("services", services));
        new Seed(browsing).record(past(ids()));
        DOWN.forEach(name -> browsing.target().down(Seed.path(name)));
        services.forEach(service -> ((JsonObject) service).put("paused", false));
        browsing.api().call("PUT", "/api/services/bulk", new JsonObject().put("services", services));
        browsing.api().get("/api/ping");
        eventually(() -> {
            JsonObject counts = browsing.api().get("/api/status?limit=1").getJsonObject("counts");
            assertThat(counts.getInteger("down")).isEqualTo(DOWN.size());
            assertThat(counts.getInteger("up")).isEqualTo(SERVICES - DOWN.size());
        });
    }

    private List<String> ids() {
        return browsing.api().get("/api/status?limit=1000&sort=group").getJsonArray("services").stream()
                .map(service -> ((JsonObject) service).getString("id"))
                .toList();
    }

    private List<CheckResult> past(List<String> ids) {
        long now = System.currentTimeMillis();
        List<CheckResult> results = new ArrayList<>();
        for (long at = now - DAYS * 24 * HOUR; at < now - HOUR / 2; at += at < now - 25 * HOUR ? 12 * HOUR : HOUR / 2) {
            for (int i = 0; i < ids.size(); i++) {
                long when = at + i * 200L;
                results.add(
                        random.nextInt(1_000) < i % 7
                                ? Seed.failure(
                                        ids.get(i), when, random.nextBoolean() ? Outcome.TIMEOUT : Outcome.STATUS)
                                : Seed.up(ids.get(i), when, 40 + i % 50 * 9 + random.nextInt(60)));
            }
        }
        return results;
    }
}
