package io.openuptimes.web;

import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.model.ServiceStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Not a test: requests pages and complete lists from a board of very many services while results arrive, and prints the
 * response times and how long the event loop was blocked. Arguments: services, results per second, seconds for each
 * kind of request.
 */
final class BoardBenchmark {

    private static final int CLIENTS = 16;

    private BoardBenchmark() {}

    public static void main(String[] args) throws Exception {
        int services = Integer.parseInt(args[0]);
        int results = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        long start = System.nanoTime();
        try (LargeBoard server = new LargeBoard(services)) {
            System.out.printf("%,d services, listening after %,d ms%n", services, millis(System.nanoTime() - start));
            check(server, services, results);
            Watch watch = new Watch(server);
            List<String> paths = List.of(
                    "/api/status?limit=100",
                    "/api/status?limit=100",
                    "/api/status?limit=100&offset=" + services / 2,
                    "/api/status?limit=100&include=groups",
                    "/api/status?limit=100&status=down",
                    "/api/status?limit=100&group=group%207",
                    "/api/status?limit=100&q=e-99&sort=-lastChecked&include=groups");
            for (String path : paths) {
                ask(server, path, CLIENTS, seconds, watch);
            }
            for (String coding : List.of("identity", "gzip")) {
                ask(server, "/api/status", 1, seconds, watch, "Accept-Encoding", coding);
            }
            ask(server, "/api/services", 1, seconds, watch);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf("heap in use %,d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }

    private static void check(LargeBoard server, int services, int results) {
        if (results > 0) {
            Random random = new Random(1);
            server.vertx().setPeriodic(20, timer -> {
                List<ServiceStatus> changed = new ArrayList<>();
                for (int i = 0; i < results / 50; i++) {
                    changed.add(Samples.up("id" + random.nextInt(services), System.currentTimeMillis()));
                }
                server.bus().publish(EventMessage.STATUS_CHANGED, new StatusChanged(changed));
            });
        }
    }

    /** Measures how long the event loop is blocked, using a timer of one millisecond. */
    private static final class Watch {
        final AtomicLong longest = new AtomicLong();
        final AtomicLong cpu = new AtomicLong();

        Watch(LargeBoard server) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long[] last = {0};
            // CPU time instead of wall time, since the machine may be shared
            server.loop().runOnContext(on -> server.vertx().setPeriodic(1, timer -> {
                long now = threads.getCurrentThreadCpuTime();
                longest.accumulateAndGet(now - last[0], Math::max);
                last[0] = now;
                cpu.set(now);
            }));
        }
    }

    private static void ask(LargeBoard server, String path, int clients, int seconds, Watch watch, String... headers)
            throws Exception {
        watch.longest.set(0);
        long cpu = watch.cpu.get();
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        AtomicLong bytes = new AtomicLong();
        CountDownLatch done = new CountDownLatch(clients);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> {
                try {
                    HttpRequest.Builder request =
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
                    request.header("Authorization", "Bearer " + LargeBoard.KEY);
                    if (headers.length > 0) {
                        request.headers(headers);
                    }
                    while (System.nanoTime() < until) {
                        long start = System.nanoTime();
                        HttpResponse<byte[]> answer =
                                client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                        times.add(System.nanoTime() - start);
                        bytes.set(answer.body().length);
                        if (answer.statusCode() != 200) {
                            throw new IllegalStateException("answer " + answer.statusCode());
                        }
                    }
                } catch (Exception e) {
                    System.out.println(path + ": " + e);
                } finally {
                    done.countDown();
                }
            });
            thread.start();
        }
        done.await();
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        System.out.printf(
                "%-62s %s %,9d B, %2d clients: %,7d answers, p50 %6.1f, p99 %6.1f, max %6.1f ms; loop %6.2f ms of processor each, up to %5.1f ms at once%n",
                path,
                headers.length > 1 ? headers[1] : "",
                bytes.get(),
                clients,
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1),
                (watch.cpu.get() - cpu) / 1e6 / Math.max(1, sorted.size()),
                watch.longest.get() / 1e6);
    }

    private static double at(List<Long> sorted, double part) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size())) / 1e6;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
