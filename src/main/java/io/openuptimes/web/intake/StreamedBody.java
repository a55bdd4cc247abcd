package io.openuptimes.web.intake;

import io.openuptimes.runtime.Sha256;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Permission;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long body piece by piece. A worker processes each piece before more is read.
 *
 * <p>After an invalid piece the rest is still read, and discarded: many clients do not read the response before they
 * have sent everything.
 */
public final class StreamedBody implements IncomingBody.Sink {

    /** Processes the pieces one at a time, on changing threads. */
    public interface Taker {
        /**
         * @throws ApiException if the piece is invalid
         */
        void take(byte[] piece);
    }

    private static final int PIECE = 256 * 1024;

    private final RoutingContext context;
    private final IncomingBody body;
    private final Taker taker;
    private final MessageDigest digest = Sha256.digest();
    private final Promise<byte[]> read = Promise.promise();
    private final Blocks piece;
    private boolean working;
    private boolean ended;
    private @Nullable Throwable failure;

    private StreamedBody(RoutingContext context, Taker taker) {
        this.context = context;
        this.body = IncomingBody.of(context);
        this.piece = new Blocks(body.held());
        this.taker = taker;
    }

    /**
     * Reads the request body of an endpoint that is {@link Endpoint#streaming}. Its bytes stay counted until
     * {@code work} ends.
     *
     * @param maxBytes maximum length of the body
     * @param work runs once the body has been read, with its SHA-256
     * @return completes like {@code work}; fails with an {@link ApiException} if the body is rejected, or the caller's
     *     authorization ended before the body was complete
     */
    public static <T> Future<T> read(
            RoutingContext context, long maxBytes, Taker taker, Function<byte[], Future<T>> work) {
        StreamedBody streamed = new StreamedBody(context, taker);
        streamed.body.read(maxBytes, streamed);
        return streamed.read
                .future()
                .compose(hash -> Permission.confirm(context).compose(held -> work.apply(hash)))
                .onComplete(done -> streamed.body.held().release());
    }

    @Override
    public @Nullable Refusal take(Buffer chunk) {
        if (failure != null) {
            return null;
        }
        Refusal refusal = piece.add(chunk);
        if (refusal == null && piece.length() >= PIECE) {
            body.pause();
            work();
        }
        return refusal;
    }

    @Override
    public void end() {
        ended = true;
        work();
    }

    @Override
    public void failed(ApiException error) {
        failure = error;
        read.tryFail(error);
    }

    /** Processes the piece unless the previous one is still in progress. */
    private void work() {
        if (working) {
            return;
        }
        if (failure != null || piece.length() == 0) {
            if (ended) {
                finish();
            }
            return;
        }
        byte[] taken = piece.drain();
        working = true;
        Permission.confirm(context)
                .compose(held -> context.vertx()
                        .executeBlocking(
                                () -> {
                                    digest.update(taken);
                                    taker.take(taken);
                                    return null;
                                },
                                false))
                .onComplete(done -> {
                    working = false;
                    if (done.failed() && failure == null) {
                        failure = done.cause();
                    }
                    if (ended) {
                        work();
                    } else {
                        body.resume();
                    }
                });
    }

    private void finish() {
        if (failure == null) {
            read.tryComplete(digest.digest());
        } else {
            read.tryFail(failure);
        }
    }
}
