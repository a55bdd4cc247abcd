package io.openuptimes.web.http;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends a body piece by piece, as fast as the client reads: no more than {@value #WINDOW} bytes and one piece are on
 * their way to the socket. An answer that makes no progress for {@link Outflow.Limits#stallMillis} is reset, as is one
 * that loses its share to another caller.
 *
 * <p>Belongs to one event loop.
 */
public final class PieceStream {

    /** Bytes after which no further piece is written until the socket has taken some. */
    static final int WINDOW = 64 * 1024;

    /** What one answer may occupy on its way to the socket. */
    static final int COST = WINDOW + Pieces.SIZE;

    private static final int TURN_BYTES = 1024 * 1024;
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Pieces pieces;
    private final Outflow outflow;
    private final List<Runnable> onEnd = new ArrayList<>(2);
    private int inFlight;
    private long taken;
    private long takenAtTimer;
    private long timer = NO_TIMER;
    private boolean pumping;
    private boolean waiting;
    private boolean complete;
    private boolean over;

    PieceStream(RoutingContext context, Pieces pieces, Outflow outflow) {
        this.vertx = context.vertx();
        this.request = context.request();
        this.response = context.response();
        this.pieces = pieces;
        this.outflow = outflow;
    }

    /**
     * @param told once, whoever ends it
     */
    PieceStream onEnd(Runnable told) {
        onEnd.add(told);
        return this;
    }

    /**
     * Begins; the response's head is complete.
     *
     * @param share closed at the end
     */
    void start(FairShares.Share share) {
        onEnd(share::close);
        if (response.closed()) {
            end();
            return;
        }
        Context own = vertx.getOrCreateContext();
        share.onEvicted(() -> own.runOnContext(then -> abort(Outflow.Break.CROWDED)));
        response.closeHandler(gone -> end());
        response.exceptionHandler(gone -> end());
        pump();
    }

    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        int written = 0;
        while (!over && !waiting && !complete && inFlight < WINDOW) {
            if (written > TURN_BYTES) {
                waiting = true; // a client that reads as fast as we write must not occupy the event loop
                vertx.setTimer(1, timer -> goOn());
                break;
            }
            Future<@Nullable Buffer> next = pieces.next();
            if (next.isComplete()) {
                written += take(next);
            } else {
                waiting = true;
                next.onComplete(read -> {
                    take(next);
                    goOn();
                });
            }
        }
        pumping = false;
        if (over) {
            return;
        }
        if (complete && inFlight == 0) {
            response.end();
            end();
        } else {
            watch();
        }
    }

    private void goOn() {
        waiting = false;
        pump();
    }

    private int take(Future<@Nullable Buffer> next) {
        if (over) {
            return 0;
        }
        if (next.failed()) {
            abort(Outflow.Break.FAILED);
            return 0;
        }
        Buffer piece = next.result();
        if (piece == null) {
            complete = true;
            return 0;
        }
        int length = piece.length();
        inFlight += length;
        response.write(piece).onComplete(sent -> sent(length), gone -> end());
        return length;
    }

    private void sent(int length) {
        inFlight -= length;
        taken += length;
        pump();
    }

    private void watch() {
        if (timer == NO_TIMER && inFlight > 0) {
            takenAtTimer = taken;
            timer = vertx.setTimer(outflow.stallMillis(), passed -> {
                timer = NO_TIMER;
                if (inFlight > 0 && taken == takenAtTimer) {
                    abort(Outflow.Break.STALLED);
                } else {
                    watch();
                }
            });
        }
    }

    /** Resets the answer, so that the client notices that it is not complete. */
    public void abort(Outflow.Break why) {
        if (!over) {
            end();
            outflow.brokenOff(why);
            cut();
        }
    }

    /** An HTTP/1 connection is closed at once: Vert.x would first wait until the client has read what is queued. */
    private void cut() {
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection) {
            ChannelFuture unused = connection.channel().close();
        } else {
            response.reset();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            if (timer != NO_TIMER) {
                vertx.cancelTimer(timer);
            }
            pieces.close();
            onEnd.forEach(Runnable::run);
        }
    }
}
