package io.openuptimes.testing;

import static io.openuptimes.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A TCP proxy to a local server that a test can cut and restore. */
public final class CutProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server;
    private final int upstream;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean silent;
    private volatile long delayMs;
    private final Queue<Trap> traps = new ConcurrentLinkedQueue<>();

    private record Trap(Pattern request, Runnable then, int answerBytes) {}

    /**
     * State of a client connection: bytes still allowed through (null for no limit) and the requests since a trap was
     * set.
     */
    private static final class Peer {
        Integer bytes;
        long lastDue = System.nanoTime();
        final Deque<Runnable> delayed = new ArrayDeque<>();
        final StringBuilder requests = new StringBuilder();
    }

    private CutProxy(int upstream) {
        this.upstream = upstream;
        server = await(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    /** @param port of the server on 127.0.0.1 */
    public static CutProxy to(int port) {
        return new CutProxy(port);
    }

    public int port() {
        return server.actualPort();
    }

    /** Closes all connections, and new ones immediately. */
    public void cut() {
        cut = true;
        open.forEach(NetSocket::close);
    }

    /** Keeps all connections but forwards nothing, like a network that silently drops packets. */
    public void fallSilent() {
        silent = true;
    }

    public void mend() {
        cut = false;
        silent = false;
    }

    /** Delays responses by this time; requests are not delayed. */
    public void slowDown(long ms) {
        delayMs = ms;
    }

    /**
     * Intercepts a request and forwards it after running an action.
     *
     * @param request pattern of the request
     * @param then run once, on the proxy's event loop
     */
    public void before(Pattern request, Runnable then) {
        traps.add(new Trap(request, then, -1));
    }

    /** After a matching request, forwards this many bytes of the responses, then closes the connection. */
    public void cutAnswer(Pattern request, int bytes) {
        traps.add(new Trap(request, () -> {}, bytes));
    }

    /** Whether the awaited requests have arrived. */
    public boolean isSprung() {
        return traps.isEmpty();
    }

    /** The requests forwarded so far, as sent. */
    public List<String> heads() {
        return heads;
    }

    private void accept(NetSocket near) {
        if (cut) {
            near.close();
            return;
        }
        near.pause();
        client.connect(upstream, "127.0.0.1").onFailure(refused -> near.close()).onSuccess(far -> {
            Peer peer = new Peer();
            follow(near, far, bytes -> {
                String text = bytes.toString("ISO-8859-1");
                heads.add(text);
                spring(text, peer);
                far.write(bytes);
            });
            follow(far, near, bytes -> later(peer, () -> answer(near, bytes, peer)));
            if (cut) {
                near.close();
            }
        });
    }

    /** Keeps later data behind delayed data. */
    private void later(Peer peer, Runnable answer) {
        long due = Math.max(System.nanoTime() + delayMs * 1_000_000, peer.lastDue);
        peer.lastDue = due;
        long ms = (due - System.nanoTime() + 999_999) / 1_000_000;
        if (peer.delayed.isEmpty() && ms <= 0) {
            answer.run();
            return;
        }
        peer.delayed.addLast(answer);
        vertx.setTimer(Math.max(1, ms), passed -> peer.delayed.removeFirst().run());
    }

    /** A request may arrive in several chunks. */
    private void spring(String part, Peer peer) {
        if (traps.isEmpty()) {
            peer.requests.setLength(0);
            return;
        }
        peer.requests.append(part);
        for (Trap trap : List.copyOf(traps)) {
            if (trap.request.matcher(peer.requests).find() && traps.remove(trap)) {
                peer.requests.setLength(0);
                trap.then.run();
                if (trap.answerBytes >= 0) {
                    peer.bytes = trap.answerBytes;
                }
            }
        }
    }

    private static void answer(NetSocket near, Buffer bytes, Peer peer) {
        if (peer.bytes == null) {
            near.write(bytes);
            return;
        }
        int passed = Math.min(peer.bytes, bytes.length());
        near.write(bytes.slice(0, passed)).onComplete(written -> near.close());
    }

    private void follow(NetSocket from, NetSocket to, Consumer<Buffer> pass) {
        open.add(from);
        from.exceptionHandler(reset -> {});
        from.closeHandler(ended -> {
            open.remove(from);
            to.close();
        });
        from.handler(bytes -> {
            if (silent) {
                return;
            }
            pass.accept(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
        from.resume();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
