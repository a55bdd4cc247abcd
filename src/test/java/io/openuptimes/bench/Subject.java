package io.openuptimes.bench;

import io.openuptimes.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The service under measurement, with its embedded Redis: what it has used, and what it says of itself. */
final class Subject implements AutoCloseable {

    final ServiceProcess service;
    private final long redis;

    Subject(Path dir, Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("OPENUPTIMES_RATE_LIMIT", "0");
        long start = System.nanoTime();
        service = ServiceProcess.start(dir, environment).listening();
        System.out.printf(Locale.ROOT, "start to listening, empty data: %.2f s%n", (System.nanoTime() - start) / 1e9);
        redis = Long.parseLong(Files.readString(dir.resolve("data/redis.pid")).strip());
    }

    ProcessUsage own() throws IOException {
        return ProcessUsage.of(service.pid());
    }

    ProcessUsage redis() throws IOException {
        return ProcessUsage.of(redis);
    }

    /** The sum of a metric over its labels. */
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
                    buckets.put(
                            bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound) * 1000,
                            Double.parseDouble(line.substring(line.lastIndexOf(' '))));
                });
        return buckets;
    }

    /** The bound of the first bucket below which the share of what came between two readings lies. */
    static String percentile(NavigableMap<Double, Double> before, NavigableMap<Double, Double> after, double share) {
        double total = after.lastEntry().getValue() - before.lastEntry().getValue();
        for (Map.Entry<Double, Double> bucket : after.entrySet()) {
            if (bucket.getValue() - before.get(bucket.getKey()) >= total * share) {
                return String.format(Locale.ROOT, "<= %.0f ms", bucket.getKey());
            }
        }
        return "none";
    }

    @Override
    public void close() {
        service.close();
    }
}
