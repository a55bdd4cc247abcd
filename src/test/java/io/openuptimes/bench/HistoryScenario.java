package io.openuptimes.bench;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.GetStoreState;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.StoreVerticle;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The Redis memory of a history entry: a day of checks at 60 s, written directly by the store. */
final class HistoryScenario implements Scenario {

    private static final double MOST_BYTES = 10;
    private static final int ENTRIES = 1_440;
    private static final long MINUTE_MS = 60_000;

    @Override
    public String name() {
        return "history";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Vertx vertx = App.vertx();
        try (EmbeddedRedis server = EmbeddedRedis.start(bench.directory("history"))) {
            measure(bench, vertx, RedisClients.options(server.url(), null));
        } finally {
            await(vertx.close());
        }
    }

    private static void measure(Bench bench, Vertx vertx, RedisOptions options) throws Exception {
        Bus bus = Bus.of(vertx);
        await(vertx.deployVerticle(new StoreVerticle(
                new Settings.Store(10_000_000, 200), options, Clock.systemUTC(), new SimpleMeterRegistry())));
        eventually(() -> await(bus.request(StoreMessage.LOAD_ALL, new LoadAll())));
        List<String> ids = new ArrayList<>();
        int services = bench.size(300, 1_000);
        for (int i = 0; i < services; i++) {
            Map<String, Object> fields = Map.of("name", "service-" + i, "url", "http://localhost/" + i);
            ids.add(await(bus.request(StoreMessage.CREATE_SERVICE, new CreateService(fields)))
                    .service()
                    .id());
        }
        Redis client = Redis.createClient(vertx, options);
        long first = System.currentTimeMillis() / MINUTE_MS * MINUTE_MS - (ENTRIES + 1) * MINUTE_MS;
        record(bus, ids, first - MINUTE_MS, 1); // creates the status and other fixed data of each service
        long before = used(client);
        long begun = System.nanoTime();
        record(bus, ids, first, ENTRIES);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double entries = (double) services * ENTRIES;
        double bytes = (used(client) - before) / entries;
        bench.report.add(Row.of(
                "history in Redis",
                "≤ 10 bytes an entry, keys included",
                String.format(
                        Locale.ROOT,
                        "%.1f bytes an entry, what is summed up by hour and day included; %.0f written a second",
                        bytes,
                        entries / seconds),
                bytes <= MOST_BYTES));
    }

    private static void record(Bus bus, List<String> ids, long first, int minutes) throws Exception {
        Random random = new Random(1);
        for (int minute = 0; minute < minutes; minute++) {
            List<CheckResult> results = new ArrayList<>();
            for (String id : ids) {
                long at = first + minute * MINUTE_MS + Math.floorMod(id.hashCode(), (int) MINUTE_MS);
                boolean up = random.nextInt(200) > 0;
                int took = 20 + random.nextInt(60);
                results.add(new CheckResult(
                        id,
                        at,
                        up ? Outcome.UP : Outcome.STATUS,
                        up ? 200 : 503,
                        took,
                        new Phases(0, 1, 3, took - 4, 0),
                        up ? "" : "503 instead of 200"));
            }
            await(bus.request(StoreMessage.RECORD_ALL, Unjudged.results(results)));
        }
        eventually(Duration.ofMinutes(5), () -> {
            if (await(bus.request(StoreMessage.STORE_STATE, new GetStoreState()))
                            .queued()
                    > 0) {
                throw new IllegalStateException("results wait");
            }
        });
    }

    private static long used(Redis client) throws Exception {
        String info =
                await(client.send(Request.cmd(Command.INFO).arg("memory"))).toString();
        return info.lines()
                .filter(line -> line.startsWith("used_memory_dataset:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
