package io.openuptimes.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** {@code GET /api/status} with 100,000 services and checks running: the whole response, and pages of it. */
final class StatusScenario implements Scenario {

    private static final double MOST_WHOLE_MS = 1_000;
    private static final double MOST_BLOCKED_MS = 20;
    private static final double MOST_PAGE_MS = 10;

    private static final List<String> PAGES = List.of(
            "limit=100",
            "limit=100&status=up&sort=-responseTime",
            "limit=100&q=service-0077",
            "limit=100&group=group-042");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String name() {
        return "status";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Subject subject = bench.subject(SteadyScenario.STOCK);
        String url = subject.service.url();
        for (int i = 0; i < 3; i++) { // warm-up
            whole(url, false);
            whole(url, true);
        }
        Blocking idle = blockedWhile(url, () -> Thread.sleep(3_000));
        List<Double> plain = new ArrayList<>();
        List<Double> gzipped = new ArrayList<>();
        Blocking busy = blockedWhile(url, () -> {
            for (int i = 0; i < bench.size(5, 10); i++) {
                plain.add(whole(url, false));
                gzipped.add(whole(url, true));
            }
        });
        double most = Collections.max(plain);
        bench.report.add(Row.of(
                "GET /api/status, 100,000 services, whole",
                "≤ 1 s",
                String.format(
                        Locale.ROOT,
                        "least %.0f ms, most %.0f ms; with gzip least %.0f, most %.0f ms",
                        Collections.min(plain),
                        most,
                        Collections.min(gzipped),
                        Collections.max(gzipped)),
                most <= MOST_WHOLE_MS));
        bench.report.add(Row.of(
                "what waits behind it on its event loop",
                "never over 20 ms",
                String.format(Locale.ROOT, "/healthz meanwhile: %s; before: %s", busy, idle),
                busy.mostMs <= MOST_BLOCKED_MS));
        pages(bench, url);
    }

    private static void pages(Bench bench, String url) throws Exception {
        for (String page : PAGES) {
            Wrk.run(url + "/api/status?" + page, 2);
            Wrk found = Wrk.run(url + "/api/status?" + page, bench.size(5, 20));
            bench.report.add(Row.of(
                    "a page of it: " + page,
                    "p99 ≤ 10 ms, 16 clients",
                    String.format(
                            Locale.ROOT,
                            "p50 %.1f ms, p99 %.1f ms, %.0f a second",
                            found.p50Ms(),
                            found.p99Ms(),
                            found.perSecond()),
                    found.p99Ms() <= MOST_PAGE_MS));
        }
    }

    /** Milliseconds to the last byte of the response. */
    private double whole(String url, boolean gzip) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/api/status"));
        if (gzip) {
            request.header("Accept-Encoding", "gzip");
        }
        long begun = System.nanoTime();
        int status = client.send(request.build(), BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
            throw new IllegalStateException("GET /api/status was answered with " + status);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    /** @param mostMs the slowest response to requests that only wait for the event loop */
    private record Blocking(double p99Ms, double mostMs, int count) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "p99 %.1f ms, most %.1f ms of %d", p99Ms, mostMs, count);
        }
    }

    private interface Load {
        void run() throws Exception;
    }

    /** Polls {@code /healthz} while the load runs. */
    private Blocking blockedWhile(String url, Load load) throws Exception {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        Thread prober = new Thread(() -> probe(url, times), "healthz");
        prober.start();
        try {
            load.run();
        } finally {
            prober.interrupt();
            prober.join();
        }
        List<Double> sorted = times.stream().sorted().toList();
        return new Blocking(sorted.get((sorted.size() - 1) * 99 / 100), sorted.get(sorted.size() - 1), sorted.size());
    }

    private void probe(String url, List<Double> times) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/healthz")).build();
        try {
            for (int i = 0; ; i++) {
                long begun = System.nanoTime();
                client.send(request, BodyHandlers.discarding());
                if (i > 0) { // the first request opens the connection
                    times.add((System.nanoTime() - begun) / 1e6);
                }
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
