package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What checks and polls cost: services at one second against a local nginx, everything on this machine, beside a bare
 * WebClient and a bare server in the same run. Needs {@code nginx}, and {@code wrk} for the polls.
 *
 * <p>Arguments: services (1000), seconds (60).
 */
public final class Capacity {

    private static final int WARM_UP_S = 30;
    private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    private final int services;
    private final int seconds;
    private final Path dir = Files.createTempDirectory("capacity");
    private final int nginxPort = freePort();

    private Capacity(int services, int seconds) throws IOException {
        this.services = services;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        new Capacity(
                        args.length > 0 ? Integer.parseInt(args[0]) : 1_000,
                        args.length > 1 ? Integer.parseInt(args[1]) : 60)
                .run();
    }

    private void run() throws Exception {
        try (Nginx nginx = new Nginx(dir.resolve("nginx"), Nginx.plain(nginxPort));
                Subject subject = new Subject(dir, Map.of())) {
            for (int i = 0; i < services; i++) {
                JsonObject service = new JsonObject()
                        .put("name", String.format(Locale.ROOT, "service-%05d", i))
                        .put("url", "http://127.0.0.1:" + nginxPort + "/" + i)
                        .put("interval", 1);
                int status = subject.service
                        .send("POST", "/api/services", service.encode())
                        .statusCode();
                if (status != 201) {
                    throw new IllegalStateException("a service was answered with " + status);
                }
            }
            System.out.printf("%d services at 1 s; warming up for %d s%n", services, WARM_UP_S);
            Thread.sleep(WARM_UP_S * 1000L);
            checks(subject);
            polls(subject);
        }
    }

    private void checks(Subject subject) throws Exception {
        Process bare = bare("client", nginxPort, services);
        try {
            NavigableMap<Double, Double> lag = subject.buckets("openuptimes_check_lag_seconds");
            NavigableMap<Double, Double> duration = subject.buckets("openuptimes_check_duration_seconds");
            double checked = subject.metric("openuptimes_checks_total");
            double missed = subject.metric("openuptimes_checks_missed_total");
            Thread.sleep(WARM_UP_S * 500L); // for the bare loop; what is counted of ours begins before
            double bareChecked = services * (double) seconds;
            ProcessUsage own = subject.own();
            ProcessUsage redis = subject.redis();
            ProcessUsage other = ProcessUsage.of(bare.pid());
            double checkedFrom = subject.metric("openuptimes_checks_total");
            Thread.sleep(seconds * 1000L);
            own = subject.own().since(own);
            redis = subject.redis().since(redis);
            other = ProcessUsage.of(bare.pid()).since(other);
            double checks = subject.metric("openuptimes_checks_total") - checkedFrom;
            ProcessUsage all = new ProcessUsage(own.cpuSeconds() + redis.cpuSeconds(), 0);
            System.out.printf(Locale.ROOT, "checks stored: %.0f in %d s%n", checks, seconds);
            System.out.printf(
                    "CPU-s per 1,000 checks: %s (service %s, Redis %s); bare WebClient %s%n",
                    all.per1000(checks), own.per1000(checks), redis.per1000(checks), other.per1000(bareChecked));
            NavigableMap<Double, Double> lagAfter = subject.buckets("openuptimes_check_lag_seconds");
            NavigableMap<Double, Double> durationAfter = subject.buckets("openuptimes_check_duration_seconds");
            System.out.printf(
                    "lag p50 %s, p99 %s; response time p50 %s, p99 %s%n",
                    Subject.percentile(lag, lagAfter, 0.5),
                    Subject.percentile(lag, lagAfter, 0.99),
                    Subject.percentile(duration, durationAfter, 0.5),
                    Subject.percentile(duration, durationAfter, 0.99));
            System.out.printf(
                    Locale.ROOT,
                    "missed: %.0f of %.0f; resident: service %.0f MiB, Redis %.0f MiB%n",
                    subject.metric("openuptimes_checks_missed_total") - missed,
                    subject.metric("openuptimes_checks_total") - checked,
                    own.residentMiB(),
                    redis.residentMiB());
        } finally {
            bare.destroy();
            bare.waitFor();
        }
    }

    private void polls(Subject subject) throws Exception {
        int bytes = subject.service.get("/api/status").body().getBytes(StandardCharsets.UTF_8).length;
        int barePort = freePort();
        Process bare = bare("server", barePort, bytes);
        try {
            String own = subject.service.url() + "/api/status";
            eventually(() -> new Socket(InetAddress.getLoopbackAddress(), barePort).close());
            wrk(own, List.of(), 3);
            wrk("http://127.0.0.1:" + barePort + "/", List.of(), 5);
            double polls = wrk(own, List.of(), 10);
            double bareRequests = wrk("http://127.0.0.1:" + barePort + "/", List.of(), 10);
            double gzipped = wrk(own, List.of("-H", "Accept-Encoding: gzip"), 10);
            System.out.printf(
                    Locale.ROOT,
                    "GET /api/status, %d services, %d bytes, checks running, 16 connections: %.0f a second; gzip %.0f;"
                            + " bare Vert.x server, same bytes: %.0f (ratio %.2f)%n",
                    services,
                    bytes,
                    polls,
                    gzipped,
                    bareRequests,
                    polls / bareRequests);
        } finally {
            bare.destroy();
            bare.waitFor();
        }
    }

    private static double wrk(String url, List<String> more, int seconds) throws Exception {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c16", "-d" + seconds + "s"));
        command.addAll(more);
        command.add(url);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher matcher = REQUESTS.matcher(output);
        if (!matcher.find() || output.contains("Non-2xx")) {
            throw new IllegalStateException("wrk: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static Process bare(String kind, int port, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareLoop.class.getName(),
                        kind,
                        String.valueOf(port),
                        String.valueOf(number))
                .inheritIO()
                .start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
