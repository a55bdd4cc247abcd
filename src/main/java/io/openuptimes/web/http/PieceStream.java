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
 * Sends a body piece by piece, as fast as the client reads: at most {@value #WINDOW} bytes plus one piece are queued
 * for the socket. A response is reset if it makes no progress for {@link Outflow.Limits#stallMillis} or loses its share
 * to another caller.
 *
 * <p>Belongs to one event loop.
 */
public final class PieceStream {

    /** Once this many bytes are queued, the next piece waits until the socket drains. */
    static final int WINDOW = 64 * 1024;

    /** Maximum bytes that one response queues for the socket. */
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
     * @param told called once, however the stream ends
     */
    PieceStream onEnd(Runnable told) {
        onEnd.add(told);
        return this;
    }

    /**
     * Starts sending. The response headers must be complete.
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
                waiting = true; // a client that reads as fast as we write must not monopolize the event loop
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

    /** Resets the response, so that the client can tell that it is incomplete. */
    public void abort(Outflow.Break why) {
        if (!over) {
            end();
            outflow.brokenOff(why);
            cut();
        }
    }

    /** Closes an HTTP/1 connection at once: Vert.x would first wait until the client has read the queue. */
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
