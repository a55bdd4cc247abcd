package io.openuptimes.web.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Sends bytes that many share, as fast as one client reads: of them the socket's queue has no more than a few pieces, and
 * a client that does not read costs no copy. The server's idle timeout ends it.
 */
public final class PieceStream {

    private static final int QUEUE_BYTES = 128 * 1024;
    private static final int TURN_BYTES = 1024 * 1024;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final List<byte[]> pieces;
    private int next;
    private boolean ended;
    private boolean paused;
    private Runnable onEnd = () -> {};

    /**
     * @param response its head is complete but for the length
     * @param pieces not to be written to any more
     */
    public PieceStream(Vertx vertx, HttpServerResponse response, List<byte[]> pieces) {
        this.vertx = vertx;
        this.response = response;
        this.pieces = pieces;
    }

    /**
     * Begins.
     *
     * @param ended told once, whoever ends it
     */
    public void start(Runnable ended) {
        onEnd = ended;
        if (response.closed()) {
            end();
            return;
        }
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.drainHandler(drained -> pump());
        response.closeHandler(gone -> end());
        response.exceptionHandler(gone -> end());
        pump();
    }

    private void pump() {
        int written = 0;
        while (!ended && !paused && !response.writeQueueFull()) {
            if (next == pieces.size()) {
                response.end();
                end();
            } else if (written > TURN_BYTES) {
                paused = true; // a client that reads as fast as we write is not to have the event loop for itself
                vertx.setTimer(1, timer -> {
                    paused = false;
                    pump();
                });
            } else {
                byte[] piece = pieces.get(next++);
                written += piece.length;
                response.write(Buffer.buffer(piece));
            }
        }
    }

    /** Breaks it off: the client has taken too long. */
    public void abort() {
        end();
        response.reset();
    }

    private void end() {
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    /** Of all of them, bytes. */
    public static long length(List<byte[]> pieces) {
        return pieces.stream().mapToLong(piece -> piece.length).sum();
    }
}
