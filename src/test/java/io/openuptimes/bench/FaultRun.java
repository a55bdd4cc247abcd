package io.openuptimes.bench;

import io.openuptimes.testing.Eventually;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs faults one after the other while checks continue. */
final class FaultRun {

    private static final int STEADY_MS = 15_000;
    private static final int POLL_EVERY_MS = 50;
    /** Services whose target goes down and recovers during the fault. */
    private static final int TURNING = 10;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ServiceProcess service;
    private final RestartableRedis redis;
    private final TargetServer target;
    private final int services;
    private final int interval;

    FaultRun(ServiceProcess service, RestartableRedis redis, TargetServer target, int services, int interval) {
        this.service = service;
        this.redis = redis;
        this.target = target;
        this.services = services;
        this.interval = interval;
    }

    void create() throws Exception {
        JsonArray all = new JsonArray();
        for (int i = 0; i < services; i++) {
            all.add(new JsonObject()
                    .put("name", "s" + i)
                    .put("url", target.url("/s" + i))
                    .put("interval", interval));
        }
        check(service.send("PUT", "/api/services/bulk", all.encode()).statusCode() == 200);
        System.out.printf("%d services, each checked every %d s%n", services, interval);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }

    FaultReport of(String fault) throws Exception {
        String kind = fault.substring(0, fault.indexOf(':'));
        long seconds = Long.parseLong(fault.substring(kind.length() + 1));
        Thread.sleep(STEADY_MS);
        long from = System.currentTimeMillis();
        begin(kind);
        During during = new During();
        watch(during, seconds);
        end(kind);
        long ended = System.nanoTime();
        Eventually.eventually(PATIENCE, () -> {
            JsonObject store = service.json("/api/store");
            check(store.getBoolean("reachable") && store.getInteger("queued") < services / interval);
        });
        double writtenAfter = (System.nanoTime() - ended) / 1e9;
        Thread.sleep(STEADY_MS);
        Past past = new Past();
        for (int i = 0; i < services; i++) {
            compare(i, past);
        }
        long repeated = (long) metric("openuptimes_checks_repeated_total");
        long lost = Math.max(0, past.expected - past.found + past.doubled - repeated);
        int told = 0;
        for (int i = 0; i < TURNING; i++) {
            told += turns(i, from);
        }
        boolean inEffect = service.json("/api/site").getString("siteName").equals("fault");
        Collections.sort(during.polls);
        FaultReport report = new FaultReport(
                fault,
                past.expected,
                past.found,
                repeated,
                lost,
                past.doubled,
                past.unordered,
                during.turned,
                told,
                service.json("/api/store").getLong("dropped"),
                during.polls,
                during.failed,
                during.toldAfter,
                during.maxQueue,
                writtenAfter,
                during.writes,
                during.refused,
                inEffect,
                during.residentMiB);
        System.out.println(report.row());
        return report;
    }

    private void begin(String kind) throws Exception {
        System.out.printf("%s Redis%n", kind);
        switch (kind) {
            case "stop" -> redis.stop();
            case "pause" -> redis.pause();
            default -> throw new IllegalArgumentException("no such fault: " + kind);
        }
    }

    private void end(String kind) throws Exception {
        if (kind.equals("stop")) {
            redis.start();
        } else {
            redis.goOn();
        }
    }

    private static final class During {
        final List<Double> polls = new ArrayList<>();
        long failed;
        double toldAfter = Double.NaN;
        int maxQueue;
        int writes;
        int refused;
        int turned;
        double residentMiB;
    }

    private void watch(During during, long seconds) throws Exception {
        long begun = System.nanoTime();
        int round = 0;
        for (double at = 0; at < seconds; at = (System.nanoTime() - begun) / 1e9, round++) {
            long asked = System.nanoTime();
            HttpResponse<String> status = service.get("/api/status?limit=100");
            during.polls.add((System.nanoTime() - asked) / 1e6);
            during.failed += status.statusCode() == 200 ? 0 : 1;
            if (Double.isNaN(during.toldAfter) && status.body().contains("\"storeReachable\":false")) {
                during.toldAfter = at;
            }
            if (round % 20 == 0) {
                during.maxQueue =
                        Math.max(during.maxQueue, service.json("/api/store").getInteger("queued"));
                during.residentMiB = Math.max(
                        during.residentMiB, ProcessUsage.of(service.pid()).residentMiB());
            }
            if (round % 100 == 99) {
                during.writes++;
                during.refused += service.send("PATCH", "/api/site", "{\"siteName\":\"fault\"}")
                                        .statusCode()
                                == 503
                        ? 1
                        : 0;
            }
            turn(during, at / seconds);
            Thread.sleep(POLL_EVERY_MS);
        }
    }

    /** Up for a third of the time, down for a third, then up again. */
    private void turn(During during, double share) {
        if (during.turned == 0 && share > 1 / 3.0) {
            for (int i = 0; i < TURNING; i++) {
                target.down("/s" + i);
            }
            during.turned = TURNING;
        } else if (during.turned == TURNING && share > 2 / 3.0) {
            for (int i = 0; i < TURNING; i++) {
                target.up("/s" + i);
            }
            during.turned = 2 * TURNING;
        }
    }

    private static final class Past {
        long expected;
        long found;
        long doubled;
        long unordered;
    }

    /**
     * Compares everything since the start; retries for a while, since checks in progress may be missing on either side.
     */
    private void compare(int i, Past past) throws Exception {
        List<Long> times = List.of();
        int checks = -1;
        for (int attempt = 0; attempt < 20 && times.size() != checks; attempt++) {
            if (attempt > 0) {
                Thread.sleep(100);
            }
            checks = target.hits("/s" + i);
            times = history("s" + i);
        }
        Set<Long> different = new HashSet<>(times);
        past.expected += checks;
        past.found += times.size();
        past.doubled += times.size() - different.size();
        for (int j = 1; j < times.size(); j++) {
            past.unordered += times.get(j) < times.get(j - 1) ? 1 : 0;
        }
        if (checks != times.size()) {
            System.out.printf(Locale.ROOT, "s%d: %d checks, %d entries%n", i, checks, times.size());
        }
    }

    /** Timestamps, oldest first. */
    private List<Long> history(String name) throws Exception {
        List<Long> times = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = service.json("/api/history/" + name + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            page.getJsonArray("history").forEach(entry -> times.add(((JsonObject) entry).getLong("timestamp")));
            cursor = page.getString("cursor");
        }
        Collections.reverse(times);
        return times;
    }

    private double metric(String name) throws Exception {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private int turns(int i, long from) throws Exception {
        return (int) service.json("/api/transitions?service=s" + i).getJsonArray("transitions").stream()
                .map(JsonObject.class::cast)
                .filter(turn -> turn.getLong("at") >= from)
                .count();
    }
}
