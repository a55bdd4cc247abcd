package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures loading all services from the embedded Redis, cold and warm: duration, how long the store's event loop is
 * blocked, and memory.
 *
 * <p>Arguments: services (100000).
 */
public final class LoadCost {

    private static final int SEED_BATCH = 1_000;

    private LoadCost() {}

    public static void main(String[] args) throws Exception {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path dir = Files.createTempDirectory("load-cost");
        Vertx vertx = App.vertx();
        try {
            try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
                Redis client = Redis.createClient(vertx, RedisClients.options(redis.url(), null));
                seed(client, services);
            }
            long start = System.nanoTime();
            try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
                System.out.printf(Locale.ROOT, "Redis listens after %.2f s%n", since(start));
                load(vertx, redis, start);
            }
        } finally {
            await(vertx.close());
        }
    }

    private static void load(Vertx vertx, EmbeddedRedis redis, long start) throws Exception {
        RedisOptions options = RedisClients.options(redis.url(), null);
        Bus bus = Bus.of(vertx);
        await(vertx.deployVerticle(new StoreVerticle(
                new Settings.Store(1_000_000, 200), options, Clock.systemUTC(), new SimpleMeterRegistry())));
        All all = null;
        while (all == null) {
            Future<All> asked = bus.request(StoreMessage.LOAD_ALL, new LoadAll());
            all = await(asked.otherwise((All) null));
            if (all == null) {
                Thread.sleep(20);
            }
        }
        System.out.printf(
                Locale.ROOT, "%d services loaded after %.2f s%n", all.services().size(), since(start));
        double with = used();
        int many = all.services().size();
        all = null;
        System.out.printf(Locale.ROOT, "%.0f bytes of heap a service and its status%n", (with - used()) / many);
        for (int i = 0; i < 3; i++) {
            long again = System.nanoTime();
            double cpu = cpu();
            await(bus.request(StoreMessage.LOAD_ALL, new LoadAll()));
            System.out.printf(Locale.ROOT, "again: %.2f s, %.2f CPU-s here%n", since(again), cpu() - cpu);
        }
    }

    private static double used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double cpu() {
        var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return os.getProcessCpuTime() / 1e9;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void seed(Redis client, int services) throws Exception {
        Random random = new Random(1);
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            String id = String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
            Map<String, Object> fields = Map.of(
                    "name",
                    "service " + i,
                    "url",
                    "http://127.0.0.1:8081/path/" + i,
                    "group",
                    "group " + i % 100,
                    "labels",
                    Map.of("env", i % 2 == 0 ? "prod" : "test"));
            Service service = ServiceFields.parse(fields, id, System.currentTimeMillis());
            int partition = Keys.partition(id);
            batch.add(Request.cmd(Command.HSET)
                    .arg(Keys.services(partition))
                    .arg(id)
                    .arg(new JsonObject(ServiceFields.toMap(service)).encode()));
            batch.add(Request.cmd(Command.HSET)
                    .arg(Keys.status(partition))
                    .arg(id)
                    .arg("1700000000000 1 1600000000000 0 5 200 0,1,0,4,0 "));
            batch.add(Request.cmd(Command.HSET)
                    .arg(Keys.NAMES)
                    .arg(service.name())
                    .arg(id));
            if (batch.size() >= SEED_BATCH || i == services - 1) {
                await(client.batch(batch));
                batch = new ArrayList<>();
            }
        }
        System.out.println(await(client.send(Request.cmd(Command.INFO).arg("memory")))
                .toString()
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .findFirst()
                .orElse(""));
    }
}
