package io.openuptimes.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/** What Vert.x alone costs: a bare WebClient at a fixed rate, and a bare server that sends the same bytes. */
final class BareLoop {

    private static final long TICK_MS = 10;

    private BareLoop() {}

    /** Arguments: {@code client PORT REQUESTS_A_SECOND}, or {@code server PORT BYTES}. */
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int port = Integer.parseInt(args[1]);
        int number = Integer.parseInt(args[2]);
        if (args[0].equals("client")) {
            WebClient client = WebClient.create(
                    vertx, new WebClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(2_000));
            long perTick = number * TICK_MS / 1000;
            vertx.setPeriodic(TICK_MS, tick -> {
                for (long i = 0; i < perTick; i++) {
                    client.get(port, "127.0.0.1", "/").send();
                }
            });
        } else {
            Buffer body = Buffer.buffer(new byte[number]);
            vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                    .requestHandler(request -> request.response()
                            .putHeader("Content-Type", "application/json; charset=utf-8")
                            .end(body))
                    .listen();
        }
    }
}
