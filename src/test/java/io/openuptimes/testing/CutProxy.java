package io.openuptimes.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A line to a local server that a test can cut and mend. */
public final class CutProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final NetServer server;
    private final int upstream;
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile boolean silent;

    private CutProxy(int upstream) {
        this.upstream = upstream;
        server = RunningApp.await(
                vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    /** @param port of the server on 127.0.0.1 */
    public static CutProxy to(int port) {
        return new CutProxy(port);
    }

    public int port() {
        return server.actualPort();
    }

    /** Ends all connections; new ones end at once. */
    public void cut() {
        cut = true;
        open.forEach(NetSocket::close);
    }

    /** Keeps all connections, and passes nothing on: what a network does that is gone without a word. */
    public void fallSilent() {
        silent = true;
    }

    public void mend() {
        cut = false;
        silent = false;
    }

    /** The requests that came by, as they stood on the wire. */
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
            follow(near, far, bytes -> heads.add(bytes.toString("ISO-8859-1")));
            follow(far, near, bytes -> {});
            if (cut) {
                near.close();
            }
        });
    }

    private void follow(NetSocket from, NetSocket to, Consumer<Buffer> seen) {
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
            seen.accept(bytes);
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
        from.resume();
    }

    @Override
    public void close() {
        RunningApp.await(vertx.close());
    }
}
