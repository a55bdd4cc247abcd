package io.openuptimes.bench;

import io.openuptimes.testing.FreePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** 1,000 services with checks running: memory, and polls compared with a bare Vert.x server sending the same bytes. */
final class SmallScenario implements Scenario {

    private static final Stock STOCK = new Stock(1_000, 1, Stock.Kind.HTTP);
    private static final double MOST_MIB = 200;
    private static final double LEAST_RATIO = 0.8;
    private static final int ROUND_S = 3;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Subject subject = bench.subject(STOCK);
        Thread.sleep(20_000);
        Window window = Window.of(bench, subject, bench.size(30, 180));
        bench.report.add(Row.of(
                "memory at 1,000 services at 1 s",
                "≤ 200 MiB resident",
                window.memory() + String.format(Locale.ROOT, "; CPU-s per 1,000: %s", window.cost()),
                window.all().residentMiB() <= MOST_MIB));
        polls(bench, subject);
        bench.report.add(Row.told("its memory after the polls", Window.memory(subject.own(), subject.redis())));
        bench.end();
    }

    private static void polls(Bench bench, Subject subject) throws Exception {
        String own = subject.service.url() + "/api/status";
        int bytes = subject.service.get("/api/status").body().getBytes(StandardCharsets.UTF_8).length;
        int port = FreePorts.one();
        List<String> arguments = new ArrayList<>(List.of("server", String.valueOf(port), String.valueOf(bytes)));
        arguments.addAll(headersOf304(own));
        Process server = Programs.java(BareLoop.class, arguments.toArray(String[]::new));
        try {
            BareLoop.awaitListening(port);
            String bare = "http://127.0.0.1:" + port + "/";
            compare(bench, "GET /api/status, 1,000 services, " + bytes / 1000 + " kB", own, bare);
            compare(bench, "its 304s", own, bare, "If-None-Match: *");
            Wrk compressed = Wrk.run(own, ROUND_S, "Accept-Encoding: gzip");
            bench.report.add(Row.told(
                    "the same with gzip", String.format(Locale.ROOT, "%.0f a second", compressed.perSecond())));
        } finally {
            Programs.end(server);
        }
    }

    /** Names and values, to be sent by the bare server too. */
    private static List<String> headersOf304(String url) throws Exception {
        List<String> headers = new ArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .header("If-None-Match", "*")
                .build();
        HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.addAll(List.of(name, value))));
        return headers;
    }

    /** Alternates between the two, since the machine's speed varies; the first round is the warm-up. */
    private static void compare(Bench bench, String what, String own, String bare, String... headers) throws Exception {
        List<Wrk> ours = new ArrayList<>();
        List<Wrk> others = new ArrayList<>();
        for (int round = 0; round <= bench.size(3, 6); round++) {
            ours.add(Wrk.run(own, ROUND_S, headers));
            others.add(Wrk.run(bare, ROUND_S, headers));
        }
        Wrk our = Wrk.mean(ours.subList(1, ours.size()));
        Wrk other = Wrk.mean(others.subList(1, others.size()));
        double ratio = our.perSecond() / other.perSecond();
        bench.report.add(Row.of(
                what,
                "≥ 0.8 of a bare server's",
                String.format(Locale.ROOT, "%s; bare Vert.x %s; ratio %.2f", our, other, ratio),
                ratio >= LEAST_RATIO));
    }
}
