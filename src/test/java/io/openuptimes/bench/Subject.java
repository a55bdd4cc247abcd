package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The service under measurement, with its embedded Redis: its resource usage and its own metrics. */
final class Subject implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final ServiceProcess service;
    /** From the start of the process until it listens. */
    final double startSeconds;

    private final long begun;
    private final long redis;

    /**
     * Starts it with the project's JVM options, or with those of the file named by the system property; none if the
     * property is unset.
     */
    Subject(Path dir, Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putIfAbsent("OPENUPTIMES_RATE_LIMIT", "0");
        String options = System.getProperty("openuptimes.jvm.options", "");
        if (!options.isEmpty()) {
            environment.put("JDK_JAVA_OPTIONS", "@" + options);
        }
        begun = System.nanoTime();
        service = ServiceProcess.start(dir, environment);
        startSeconds = secondsUntilLogged("listening on http");
        System.out.printf(Locale.ROOT, "start to listening: %.2f s%n", startSeconds);
        redis = Long.parseLong(Files.readString(dir.resolve("data/redis.pid")).strip());
    }

    /** Seconds from the start of the process until its log contains the text. */
    double secondsUntilLogged(String text) throws Exception {
        eventually(PATIENCE, () -> {
            if (service.process().isAlive() && !service.log().contains(text)) {
                throw new IllegalStateException("it does not say \"" + text + "\": " + service.log());
            }
        });
        if (!service.process().isAlive()) {
            throw new IllegalStateException("it ended: " + service.log());
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    ProcessUsage own() throws IOException {
        return ProcessUsage.of(service.pid());
    }

    ProcessUsage redis() throws IOException {
        return ProcessUsage.of(redis);
    }

    /** Checks a target once without storing anything. */
    JsonObject trial(String url) throws Exception {
        String body = service.send(
                        "POST",
                        "/api/services/test",
                        new JsonObject().put("url", url).encode())
                .body();
        JsonObject result = new JsonObject(body).getJsonObject("result");
        if (result == null) {
            throw new IllegalStateException(body);
        }
        return result;
    }

    /** The sum of a metric over its series; labels given with the name restrict it. */
    double metric(String name) throws Exception {
        return service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** A histogram's cumulative counts by upper bound, in milliseconds. */
    NavigableMap<Double, Double> buckets(String name) throws Exception {
        NavigableMap<Double, Double> buckets = new TreeMap<>();
        service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "_bucket{"))
                .forEach(line -> {
                    String bound = line.replaceAll(".*le=\"([^\"]+)\".*", "$1");
                    buckets.merge(
                            bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound) * 1000,
                            Double.parseDouble(line.substring(line.lastIndexOf(' '))),
                            Double::sum);
                });
        return buckets;
    }

    /** The percentile of the samples between two readings, as its bucket's upper bound; NaN without samples. */
    static double percentileMs(NavigableMap<Double, Double> before, NavigableMap<Double, Double> after, double share) {
        double total = after.lastEntry().getValue() - before.lastEntry().getValue();
        for (Map.Entry<Double, Double> bucket : after.entrySet()) {
            if (total > 0 && bucket.getValue() - before.get(bucket.getKey()) >= total * share) {
                return bucket.getKey();
            }
        }
        return Double.NaN;
    }

    static String percentile(NavigableMap<Double, Double> before, NavigableMap<Double, Double> after, double share) {
        return String.format(Locale.ROOT, "<= %.0f ms", percentileMs(before, after, share));
    }

    @Override
    public void close() {
        service.close();
    }
}
