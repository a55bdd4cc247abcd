package io.openuptimes.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Results of the load generator {@code wrk}.
 *
 * @param perSecond requests per second
 * @param p50Ms median latency
 * @param p99Ms 99th percentile of the latency
 */
record Wrk(double perSecond, double p50Ms, double p99Ms) {

    static final int CLIENTS = 16;

    private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    /**
     * Sends requests as fast as possible.
     *
     * @param headers each as {@code Name: value}
     * @throws IllegalStateException if wrk is not installed, a response was an error, or there was none
     */
    static Wrk run(String url, int seconds, String... headers) throws Exception {
        return run(CLIENTS, url, seconds, headers);
    }

    static Wrk run(int clients, String url, int seconds, String... headers) throws Exception {
        if (!Programs.has("wrk")) {
            throw new IllegalStateException("wrk is not installed");
        }
        List<String> command =
                new ArrayList<>(List.of("wrk", "--latency", "-t1", "-c" + clients, "-d" + seconds + "s"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add(url);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher matcher = REQUESTS.matcher(output);
        if (!matcher.find() || output.contains("Non-2xx")) {
            throw new IllegalStateException("wrk: " + output);
        }
        double perSecond = Double.parseDouble(matcher.group(1));
        if (perSecond == 0) {
            throw new IllegalStateException("wrk got no answer: " + output);
        }
        return new Wrk(perSecond, latency(output, "50%"), latency(output, "99%"));
    }

    static Wrk mean(List<Wrk> rounds) {
        return new Wrk(
                rounds.stream().mapToDouble(Wrk::perSecond).average().orElseThrow(),
                rounds.stream().mapToDouble(Wrk::p50Ms).average().orElseThrow(),
                rounds.stream().mapToDouble(Wrk::p99Ms).average().orElseThrow());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f a second, p99 %.1f ms", perSecond, p99Ms);
    }

    private static double latency(String output, String share) {
        Matcher matcher =
                Pattern.compile("\\s" + share + "\\s+([0-9.]+)(us|ms|s)").matcher(output);
        if (!matcher.find()) {
            return Double.NaN;
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            default -> value * 1_000;
        };
    }
}
