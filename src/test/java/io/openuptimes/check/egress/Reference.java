package io.openuptimes.check.egress;

import static io.openuptimes.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A reference target for {@code http://} on the loopback: answers each connection, or keeps silent. */
final class Reference {

    private final AtomicInteger asked = new AtomicInteger();
    private final NetServer server;
    private volatile boolean silent;

    Reference(Vertx vertx) {
        this(vertx, socket -> socket.write("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
    }

    /**
     * @param answer runs for each connection unless the target is silent
     */
    Reference(Vertx vertx, Consumer<NetSocket> answer) {
        server = await(vertx.createNetServer()
                .connectHandler(socket -> {
                    asked.incrementAndGet();
                    if (!silent) {
                        socket.handler(request -> answer.accept(socket));
                    }
                })
                .listen(0, "127.0.0.1"));
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.actualPort();
    }

    void fallSilent() {
        silent = true;
    }

    void mend() {
        silent = false;
    }

    /** Number of connections so far. */
    int asked() {
        return asked.get();
    }
}
