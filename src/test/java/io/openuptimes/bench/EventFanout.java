package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.openuptimes.testing.ServiceProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many open event streams that wait for a service's name. */
final class EventFanout implements AutoCloseable {

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    private final NetClient client = vertx.createNetClient();
    private final int streams;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private volatile String wanted = "nothing yet";
    private volatile long lastFoundAt;

    /** Opens the streams and waits for the first bytes of each. */
    EventFanout(Subject subject, int streams) throws Exception {
        this.streams = streams;
        URI url = URI.create(subject.service.url());
        for (int i = 0; i < streams; i++) {
            NetSocket socket = client.connect(url.getPort(), url.getHost())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            read(socket);
            var unused = socket.write("GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + ServiceProcess.KEY + "\r\n\r\n");
        }
        eventually(() -> {
            if (open.get() < streams) {
                throw new IllegalStateException("only " + open + " streams are open");
            }
        });
    }

    private void read(NetSocket socket) {
        boolean[] begun = new boolean[1];
        String[] last = new String[1];
        StringBuilder text = new StringBuilder();
        socket.handler(bytes -> {
            if (!begun[0]) {
                begun[0] = true;
                open.incrementAndGet();
            }
            text.append(bytes.toString(StandardCharsets.UTF_8));
            String name = wanted;
            if (!name.equals(last[0]) && text.indexOf(name) >= 0) {
                last[0] = name;
                lastFoundAt = System.nanoTime();
                found.incrementAndGet();
            }
            text.delete(0, Math.max(0, text.length() - 200)); // keep a tail, since a name may be split
        });
    }

    /** Sets the name to wait for. */
    void expect(String name) {
        found.set(0);
        wanted = '"' + name + '"';
    }

    /** When the last stream received it, nanoseconds. */
    long awaitAll(Duration patience) throws Exception {
        eventually(patience, () -> {
            if (found.get() < streams) {
                throw new IllegalStateException("only " + found + " of " + streams + " streams have it");
            }
        });
        return lastFoundAt;
    }

    @Override
    public void close() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
