package io.openuptimes.testing;

import static io.openuptimes.testing.Await.await;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A target server controlled by a test. Each path has a configurable response, initially 200, which is sent verbatim
 * even if it is not valid HTTP.
 */
public final class TargetServer implements AutoCloseable {

    private static final String UP = answer(200, "OK", "");
    private static final String DOWN = answer(503, "Service Unavailable", "");

    /** @param since time of its first response, epoch milliseconds, 0 for none */
    private record Behaviour(String bytes, long delayMs, AtomicLong since) {
        Behaviour(String bytes, long delayMs) {
            this(bytes, delayMs, new AtomicLong());
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final NetServer server;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> hits = new ConcurrentHashMap<>();
    private final Map<String, Promise<Void>> held = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private TargetServer() {
        server = await(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    public static TargetServer start() {
        return new TargetServer();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    public void up(String path) {
        answers(path, UP);
    }

    public void down(String path) {
        answers(path, DOWN);
    }

    /** Answers one request with 503, all later ones with 200. */
    public void fails(String path) {
        failing.add(path);
    }

    /** Delays the response. */
    public void slow(String path, long delayMs) {
        behaviours.put(path, new Behaviour(UP, delayMs));
    }

    /** Holds responses until {@link #letGo}. */
    public void hold(String path) {
        held.put(path, Promise.promise());
    }

    /** Sends the held responses and all later ones. */
    public void letGo(String path) {
        held.remove(path).complete();
    }

    /** Sends exactly these bytes, as ISO-8859-1, then closes the connection. */
    public void answers(String path, String bytes) {
        behaviours.put(path, new Behaviour(bytes, 0));
    }

    /** Serves an HTML page, like another site. */
    public void serves(String path, String html) {
        answers(path, answer(200, "OK", "Content-Type: text/html\r\n") + html);
    }

    /** Number of requests for a path. */
    public int hits(String path) {
        AtomicInteger count = hits.get(path);
        return count == null ? 0 : count.get();
    }

    /** Time of the path's first response since its behaviour was last set, epoch milliseconds; 0 for none. */
    public long answeredAt(String path) {
        Behaviour behaviour = behaviours.get(path);
        return behaviour == null ? 0 : behaviour.since.get();
    }

    /** @param headers each with its line ending */
    public static String answer(int status, String reason, String headers) {
        return "HTTP/1.1 " + status + " " + reason + "\r\n" + headers + "Connection: close\r\n\r\n";
    }

    private void accept(NetSocket socket) {
        Buffer received = Buffer.buffer();
        socket.exceptionHandler(gone -> {});
        socket.handler(bytes -> {
            received.appendBuffer(bytes);
            String head = received.toString("ISO-8859-1");
            if (head.contains("\r\n\r\n")) {
                socket.handler(more -> {});
                answer(socket, head);
            }
        });
    }

    private void answer(NetSocket socket, String head) {
        String path = head.split(" ", 3)[1];
        hits.computeIfAbsent(path, first -> new AtomicInteger()).incrementAndGet();
        Behaviour behaviour =
                failing.remove(path) ? new Behaviour(DOWN, 0) : behaviours.getOrDefault(path, new Behaviour(UP, 0));
        Runnable answer = () -> {
            behaviour.since.compareAndSet(0, System.currentTimeMillis());
            socket.end(Buffer.buffer(behaviour.bytes, "ISO-8859-1"));
        };
        Promise<Void> until = held.get(path);
        if (until != null) {
            Context loop = vertx.getOrCreateContext();
            until.future().onSuccess(gone -> loop.runOnContext(let -> answer.run()));
        } else if (behaviour.delayMs == 0) {
            answer.run();
        } else {
            vertx.setTimer(behaviour.delayMs, passed -> answer.run());
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
