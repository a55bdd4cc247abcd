package io.openuptimes.bench;

import io.openuptimes.testing.Certificates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;

/**
 * Tests the service's main job on real input: runs the jar against some forty real local servers, some of them
 * intermittent, and compares every recorded verdict and transition with the actual state. Requires {@code nginx}.
 *
 * <p>Arguments: seconds (600). Exits with 1 if anything was recorded wrong.
 */
public final class Soak {

    /** Long enough between two changes for each to be detected. */
    private static final int SECONDS_A_TURN = 8;

    private Soak() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 600;
        Path dir = Files.createTempDirectory("soak");
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")));
        boolean right;
        try (Neighbourhood neighbourhood = new Neighbourhood(dir, certificates);
                Subject subject = new Subject(
                        dir,
                        Map.of(
                                "OPENUPTIMES_CHECKS_CA_FILE",
                                certificates.pem("ca").toString()))) {
            right = run(neighbourhood, subject, seconds);
        }
        System.exit(right ? 0 : 1);
    }

    private static boolean run(Neighbourhood neighbourhood, Subject subject, int seconds) throws Exception {
        List<Expectation> expectations = neighbourhood.expectations();
        for (Expectation expectation : expectations) {
            String answer = subject.service
                    .send("POST", "/api/services", expectation.service.encode())
                    .body();
            if (!answer.contains("\"success\":true")) {
                throw new IllegalStateException(answer);
            }
        }
        System.out.printf("%d services, %d s%n", expectations.size(), seconds);
        Thread.sleep(5_000);
        ProcessUsage own = subject.own();
        ProcessUsage redis = subject.redis();
        double checksBefore = subject.metric("openuptimes_checks_total");
        NavigableMap<Double, Double> lag = subject.buckets("openuptimes_check_lag_seconds");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int turn = 0;
        while (System.nanoTime() < end) {
            // one round takes everything away one by one, the next one restores it
            boolean away = turn / neighbourhood.turns() % 2 == 0;
            neighbourhood.turn(turn++, away);
            Thread.sleep(SECONDS_A_TURN * 1000L);
        }
        double checks = subject.metric("openuptimes_checks_total") - checksBefore;
        own = subject.own().since(own);
        redis = subject.redis().since(redis);
        ProcessUsage all = own.and(redis);
        NavigableMap<Double, Double> lagAfter = subject.buckets("openuptimes_check_lag_seconds");
        System.out.printf(
                Locale.ROOT,
                "checks: %.0f; CPU-s per 1,000: %s (service %s, Redis %s); resident: service %.0f MiB, Redis %.0f MiB%n",
                checks,
                all.per1000(checks),
                own.per1000(checks),
                redis.per1000(checks),
                own.residentMiB(),
                redis.residentMiB());
        System.out.printf(
                "lag p50 %s, p99 %s; missed %.0f%n",
                Subject.percentile(lag, lagAfter, 0.5),
                Subject.percentile(lag, lagAfter, 0.99),
                subject.metric("openuptimes_checks_missed_total"));
        return compare(subject, expectations);
    }

    private static boolean compare(Subject subject, List<Expectation> expectations) throws Exception {
        List<String> faults = new ArrayList<>();
        int verdicts = 0;
        int turns = 0;
        for (Expectation expectation : expectations) {
            JsonArray history = history(subject, expectation.name());
            verdicts += history.size();
            turns += expectation.turns();
            faults.addAll(expectation.faults(history));
            if (expectation.name().equals("nginx") || expectation.name().equals("https")) {
                printResponseTimes(expectation.name(), history);
            }
        }
        System.out.printf("%d verdicts and %d transitions compared, %d wrong%n", verdicts, turns, faults.size());
        faults.stream().limit(50).forEach(System.out::println);
        return faults.isEmpty();
    }

    private static void printResponseTimes(String name, JsonArray history) {
        List<Integer> times = history.stream()
                .map(JsonObject.class::cast)
                .filter(entry -> entry.getString("status").equals("up"))
                .map(entry -> entry.getInteger("responseTime"))
                .sorted()
                .toList();
        System.out.printf(
                "recorded response time of %s: p50 %d ms, p99 %d ms%n",
                name, times.get(times.size() / 2), times.get(times.size() * 99 / 100));
    }

    /** The whole history, oldest first. */
    private static JsonArray history(Subject subject, String name) throws Exception {
        List<Object> entries = new ArrayList<>();
        String path = "/api/history/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        String cursor = "";
        while (cursor != null) {
            JsonObject page = subject.service.json(path + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
            page.getJsonArray("history").forEach(entries::add);
            cursor = page.getString("cursor");
        }
        Collections.reverse(entries);
        return new JsonArray(entries);
    }
}
