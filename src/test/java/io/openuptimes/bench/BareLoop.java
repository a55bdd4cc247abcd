package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** The baseline cost of Vert.x: a bare WebClient at a fixed rate, and a bare server sending the same bytes. */
final class BareLoop {

    private static final long TICK_MS = 10;
    private static final int WARM_UP_S = 15;
    private static final int MEASURED_S = 15;

    private BareLoop() {}

    /** CPU seconds of a bare WebClient per 1,000 requests at a given rate, each over a new connection. */
    static double clientCost(Targets targets, double perSecond) throws Exception {
        Report.progress("a bare WebClient at %.0f requests a second", perSecond);
        Process client = Programs.java(
                BareLoop.class, "client", String.valueOf(targets.httpPort()), String.valueOf(Math.round(perSecond)));
        try {
            Thread.sleep(WARM_UP_S * 1000L);
            long accepts = targets.accepts();
            ProcessUsage before = ProcessUsage.of(client.pid());
            Thread.sleep(MEASURED_S * 1000L);
            return ProcessUsage.of(client.pid()).since(before).per1000Checks((double) (targets.accepts() - accepts));
        } finally {
            Programs.end(client);
        }
    }

    static void awaitListening(int port) throws Exception {
        eventually(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    /**
     * Arguments: {@code client PORT REQUESTS_PER_SECOND}, or {@code server PORT BYTES NAME VALUE ...}, the headers of
     * its 304s.
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int port = Integer.parseInt(args[1]);
        int number = Integer.parseInt(args[2]);
        if (args[0].equals("client")) {
            request(vertx, port, number);
        } else {
            serve(vertx, port, Buffer.buffer(new byte[number]), Arrays.copyOfRange(args, 3, args.length));
        }
    }

    private static void request(Vertx vertx, int port, int perSecond) {
        WebClient client = WebClient.create(
                vertx, new WebClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(2_000));
        long[] sent = new long[1];
        long begun = System.nanoTime();
        vertx.setPeriodic(TICK_MS, tick -> {
            long due = (System.nanoTime() - begun) * perSecond / 1_000_000_000L;
            for (; sent[0] < due; sent[0]++) {
                client.get(port, Targets.address((int) sent[0]), "/").send();
            }
        });
    }

    private static void serve(Vertx vertx, int port, Buffer body, String[] known) {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(request -> answer(request, body, known))
                .listen();
    }

    private static void answer(HttpServerRequest request, Buffer body, String[] known) {
        if (request.getHeader("If-None-Match") != null) {
            for (int i = 0; i < known.length; i += 2) {
                request.response().putHeader(known[i], known[i + 1]);
            }
            request.response().setStatusCode(304).end();
        } else {
            request.response()
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(body);
        }
    }
}
