package io.openuptimes.web.http;

import io.openuptimes.model.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long body piece by piece: each is worked on by a worker before more is read.
 *
 * <p>Where a piece is wrong, the rest is read all the same, and thrown away: many clients read no answer before they
 * have sent everything.
 */
public final class StreamedBody {

    /** What works on the pieces; not called at the same time as itself, but on different threads. */
    public interface Taker {
        /**
         * @throws ApiException if it cannot be taken
         */
        void take(byte[] piece);
    }

    private static final int PIECE = 256 * 1024;
    private static final Map<String, String> RETRY = Map.of("Retry-After", "5");

    /** What has been read of bodies that are not done with, in the whole process. */
    private static final AtomicLong HELD = new AtomicLong();

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final long maxBytes;
    private final Taker taker;
    private final MessageDigest digest = Sha256.digest();
    private final Promise<byte[]> read = Promise.promise();
    private Buffer piece = Buffer.buffer();
    private long bytes;
    /** Of these, what it holds: what comes after a refusal is dropped. */
    private long held;

    private boolean working;
    private boolean ended;
    private @Nullable Throwable failure;

    private StreamedBody(RoutingContext context, long maxBytes, Taker taker) {
        this.context = context;
        this.request = context.request();
        this.maxBytes = maxBytes;
        this.taker = taker;
    }

    /**
     * Reads the body of a request, of an endpoint that is {@link Endpoint#streaming}.
     *
     * @param maxBytes of it, at most; twice as many may be held by all requests together
     * @param work what is to be done with the body once it is read, with its SHA-256
     * @return as the work ends; fails with an {@link ApiException} where the body cannot be taken, or the caller's right
     *     ended before it was complete
     */
    public static <T> Future<T> read(
            RoutingContext context, long maxBytes, Taker taker, Function<byte[], Future<T>> work) {
        StreamedBody body = new StreamedBody(context, maxBytes, taker);
        return body.read()
                .compose(hash -> Permission.confirm(context).compose(held -> work.apply(hash)))
                .onComplete(done -> HELD.addAndGet(-body.held));
    }

    private Future<byte[]> read() {
        if (BodyReader.declaredLength(request) > maxBytes) {
            tooLong();
            return read.future();
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.handler(this::chunk);
        request.endHandler(end -> {
            ended = true;
            work();
        });
        // nobody is left to answer
        request.exceptionHandler(gone -> read.tryFail(new ApiException(400, "body: ended too early")));
        request.resume();
        return read.future();
    }

    private void chunk(Buffer chunk) {
        if (read.future().isComplete()) {
            return;
        }
        bytes += chunk.length();
        if (bytes > maxBytes) {
            tooLong();
        } else if (failure == null && HELD.get() + chunk.length() > 2 * maxBytes) {
            failure = new ApiException(503, "Too many long requests are under way, try again", RETRY);
        }
        if (failure == null) {
            held += chunk.length();
            HELD.addAndGet(chunk.length());
            piece.appendBuffer(chunk);
            if (piece.length() >= PIECE) {
                request.pause();
                work();
            }
        }
    }

    private void tooLong() {
        context.response().putHeader(HttpHeaders.CONNECTION, "close"); // and read no more of it
        failure = new ApiException(413, "body: must be at most " + maxBytes + " bytes");
        read.tryFail(failure);
    }

    /** Has the piece worked on, unless that of before still is. */
    private void work() {
        if (working) {
            return;
        }
        if (failure != null) {
            piece = Buffer.buffer();
        }
        if (piece.length() == 0) {
            if (ended) {
                finish();
            }
            return;
        }
        byte[] taken = piece.getBytes();
        piece = Buffer.buffer();
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
                    if (done.failed()) {
                        failure = done.cause();
                    }
                    if (ended) {
                        work();
                    } else {
                        request.resume();
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
