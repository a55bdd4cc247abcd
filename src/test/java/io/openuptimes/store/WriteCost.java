package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.GetNodes;
import io.openuptimes.bus.NodeMessage.JoinNodes;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCluster;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The cost of writing a result, in this process and in the embedded Redis: results as produced by checks, through the
 * real store, for services checked in turn at an interval of 30 seconds with slight jitter.
 *
 * <p>Arguments: services (10000), results per second (3333), seconds (30) after a warm-up of the same length;
 * {@code cluster} for three masters of the installed {@code redis-server}, each with a replica, instead of the embedded
 * Redis.
 */
public final class WriteCost {

    private static final int GROUP = 33;
    private static final int SEED_BATCH = 1_000;

    private WriteCost() {}

    public static void main(String[] args) throws Exception {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 3_333;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        Path dir = Files.createTempDirectory("write-cost");
        if (args.length > 3 && args[3].equals("cluster")) {
            try (RedisCluster cluster = RedisCluster.start(dir, "appendonly yes")) {
                List<String> masters = cluster.masters().stream()
                        .map(master -> "redis://127.0.0.1:" + master.port())
                        .toList();
                RedisOptions options =
                        RedisClients.options(new Settings.Redis("cluster", masters, "", null, null, "", null));
                measure(options, masters, services, rate, seconds);
            }
        } else {
            try (EmbeddedRedis redis = EmbeddedRedis.start(dir)) {
                measure(RedisClients.options(redis.url(), null), List.of(redis.url()), services, rate, seconds);
            }
        }
    }

    private static void measure(RedisOptions options, List<String> servers, int services, int rate, int seconds)
            throws Exception {
        Vertx vertx = App.vertx();
        try {
            List<Redis> clients = servers.stream()
                    .map(server -> Redis.createClient(vertx, RedisClients.options(server, null)))
                    .toList();
            String[] ids = seed(Redis.createClient(vertx, options), services);
            AtomicLong written = new AtomicLong();
            Bus bus = Bus.of(vertx);
            await(bus.listen(
                    EventMessage.STATUS_CHANGED,
                    event -> written.addAndGet(event.statuses().size())));
            await(vertx.deployVerticle(new StoreVerticle(
                    new Settings.Store(1_000_000, 200), options, Clock.systemUTC(), new SimpleMeterRegistry())));
            joinNodes(bus);
            Load load = new Load(bus, ids, rate);
            load.run(seconds);
            long sent = load.sent;
            Usage before = Usage.now(clients);
            Map<String, Double> threads = threads();
            load.run(seconds);
            Usage after = Usage.now(clients);
            Map<String, Double> threadsAfter = threads();
            double thousands = (load.sent - sent) / 1000.0;
            while (written.get() < load.sent && after.seconds - before.seconds < 600) {
                Thread.sleep(10);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d services, %d results: CPU-s per 1,000: JVM %.4f, Redis %.4f; AOF %.0f bytes each; %.0f a second,"
                            + " %.0f written;"
                            + " Redis has %.1f MB%n",
                    services,
                    load.sent - sent,
                    (after.jvm - before.jvm) / thousands,
                    (after.redis - before.redis) / thousands,
                    (after.aof - before.aof) / thousands / 1000,
                    thousands * 1000 / (after.seconds - before.seconds),
                    thousands * 1000 / (System.nanoTime() / 1e9 - before.seconds),
                    after.memory / 1e6);
            threadsAfter.replaceAll((name, cpu) -> cpu - threads.getOrDefault(name, 0.0));
            threadsAfter.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(8)
                    .forEach(thread -> System.out.printf(
                            Locale.ROOT, "  %s: %.4f%n", thread.getKey(), thread.getValue() / thousands));
            for (Redis client : clients) {
                System.out.println(info(client, "commandstats").replaceAll("(?m)^(?!cmdstat_).*\\R", ""));
            }
        } finally {
            await(vertx.close());
        }
    }

    /** Results are written as by a node that owns the partitions it checks. */
    private static void joinNodes(Bus bus) throws Exception {
        while (await(bus.request(NodeMessage.GET_NODES, new GetNodes())).free() > 0) {
            await(bus.request(NodeMessage.JOIN_NODES, new JoinNodes()));
            Thread.sleep(100);
        }
        Thread.sleep(1_000); // until the fences are set
    }

    private static String[] seed(Redis client, int services) throws Exception {
        String[] ids = new String[services];
        Random random = new Random(1);
        List<Request> batch = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            ids[i] = String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
            batch.add(Request.cmd(Command.HSET)
                    .arg(Keys.status(Keys.partition(ids[i])))
                    .arg(ids[i])
                    .arg(StatusCodec.UNCHECKED));
            if (batch.size() == SEED_BATCH || i == services - 1) {
                RedisConnection connection = await(client.connect());
                await(Future.all(batch.stream().map(connection::send).toList()));
                await(connection.close());
                batch = new ArrayList<>();
            }
        }
        return ids;
    }

    private static final class Load {

        private final Bus bus;
        private final String[] ids;
        private final int rate;
        private final Random random = new Random(2);
        private int next;
        private int round;
        private final long began = System.currentTimeMillis();
        private long sent;

        Load(Bus bus, String[] ids, int rate) {
            this.bus = bus;
            this.ids = ids;
            this.rate = rate;
        }

        void run(int seconds) throws InterruptedException {
            long start = System.nanoTime();
            long all = (long) rate * seconds;
            for (long done = 0; done < all; done += GROUP) {
                bus.send(StoreMessage.RECORD_ALL, Unjudged.results(some()));
                long ahead = done * 1_000_000_000L / rate - (System.nanoTime() - start);
                if (ahead > 1_000_000) {
                    Thread.sleep(ahead / 1_000_000);
                }
            }
            Thread.sleep(500);
        }

        private List<CheckResult> some() {
            List<CheckResult> results = new ArrayList<>(GROUP);
            for (int i = 0; i < GROUP; i++) {
                int ms = 2 + random.nextInt(9);
                long at = began + round * 30_000L + next * 30_000L / ids.length + random.nextInt(8);
                results.add(new CheckResult(ids[next], at, Outcome.UP, 200, ms, new Phases(0, 1, 0, ms - 1, 0), ""));
                sent++;
                if (++next == ids.length) {
                    next = 0;
                    round++;
                }
            }
            return results;
        }
    }

    private record Usage(double jvm, double redis, double aof, double memory, double seconds) {

        static Usage now(List<Redis> clients) throws Exception {
            var os = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            double cpu = 0;
            double aof = 0;
            double memory = 0;
            for (Redis client : clients) {
                Map<String, String> info = new HashMap<>();
                info(client, "all")
                        .lines()
                        .filter(line -> line.contains(":"))
                        .forEach(line -> info.put(
                                line.substring(0, line.indexOf(':')),
                                line.substring(line.indexOf(':') + 1).strip()));
                cpu += Double.parseDouble(info.get("used_cpu_sys")) + Double.parseDouble(info.get("used_cpu_user"));
                aof += Double.parseDouble(info.get("aof_current_size"));
                memory += Double.parseDouble(info.get("used_memory"));
            }
            return new Usage(os.getProcessCpuTime() / 1e9, cpu, aof, memory, System.nanoTime() / 1e9);
        }
    }

    /** CPU seconds by thread name. */
    private static Map<String, Double> threads() throws IOException {
        Map<String, Double> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String stat = Files.readString(task.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                threads.merge(
                        name, (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / 100, Double::sum);
            }
        }
        return threads;
    }

    private static String info(Redis client, String section) throws Exception {
        return await(client.send(Request.cmd(Command.INFO).arg(section))).toString();
    }
}
