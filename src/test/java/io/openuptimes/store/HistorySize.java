package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;

import io.openuptimes.App;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.RedisClients;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What an entry of the history takes in the embedded Redis, keys, counts and all else that grows with it included:
 * services that are checked once a minute for a day and a bit, one in fifty of them failing.
 *
 * <p>Arguments: services (1000).
 */
public final class HistorySize {

    private static final int CHECKS_A_DAY = 1_440;
    private static final int MINUTE_MS = 60_000;

    private HistorySize() {}

    public static void main(String[] args) throws Exception {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        Vertx vertx = App.vertx();
        try (EmbeddedRedis redis = EmbeddedRedis.start(Files.createTempDirectory("history-size"))) {
            Redis client = Redis.createClient(vertx, RedisClients.options(redis.url(), null));
            await(client.send(Script.RECORD.load()));
            List<Request> made = new ArrayList<>();
            for (int i = 0; i < services; i++) {
                made.add(Request.cmd(Command.HSET)
                        .arg(Keys.status(Keys.partition(id(i))))
                        .arg(id(i))
                        .arg(StatusCodec.UNCHECKED));
            }
            await(client.batch(made));
            long before = used(client);
            long day = Keys.day(System.currentTimeMillis()) * Keys.DAY_MS;
            Random random = new Random(1);
            double sum = 0;
            double worst = 0;
            int measured = 0;
            for (int minute = 0; minute < CHECKS_A_DAY + 2; minute++) {
                write(client, services, day + (long) minute * MINUTE_MS, random);
                int entries = minute + 1;
                if ((entries >= 60 && entries % 10 == 0) || entries > CHECKS_A_DAY) {
                    double each = (double) (used(client) - before) / services / entries;
                    if (entries <= CHECKS_A_DAY) {
                        sum += each;
                        worst = Math.max(worst, each);
                        measured++;
                    }
                    if (entries % 120 == 0 || entries > CHECKS_A_DAY) {
                        System.out.printf(Locale.ROOT, "after %d entries: %.2f bytes each%n", entries, each);
                    }
                }
            }
            System.out.printf(Locale.ROOT, "from 60 to 1,440: %.2f on average, %.2f at worst%n", sum / measured, worst);
        } finally {
            await(vertx.close());
        }
    }

    private static void write(Redis client, int services, long minute, Random random) throws Exception {
        List<Request> calls = new ArrayList<>();
        for (int from = 0; from < services; from += RecordCommands.MAX_A_CALL) {
            List<RecordCommands.Fenced> results = new ArrayList<>();
            for (int i = from; i < Math.min(services, from + RecordCommands.MAX_A_CALL); i++) {
                long at = minute + i * MINUTE_MS / services + random.nextInt(20);
                boolean fails = i % 50 == 0;
                CheckResult result = new CheckResult(
                        id(i),
                        at,
                        fails ? Outcome.TIMEOUT : Outcome.UP,
                        fails ? 0 : 200,
                        fails ? 10_000 : 20 + random.nextInt(300),
                        Phases.NONE,
                        fails ? "no answer within 10000 ms" : "");
                results.add(new RecordCommands.Fenced(result, 0));
            }
            calls.add(RecordCommands.record(results, Retention.DEFAULT_TTL_S));
        }
        await(client.batch(calls));
    }

    private static String id(int i) {
        return String.format(Locale.ROOT, "%032x", i * 7919L);
    }

    private static long used(Redis client) throws Exception {
        String memory =
                await(client.send(Request.cmd(Command.INFO).arg("memory"))).toString();
        return memory.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }
}
