package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request body as it arrives, with limits on its length, on the bytes held by its caller and by the process, and on
 * its duration. A body that exceeds a limit is rejected at once, and its connection is closed.
 */
public final class IncomingBody implements Sweep.Watched {

    /** Consumes the body. */
    interface Sink {
        /** Null once the bytes are stored; otherwise the limit that is exhausted. */
        @Nullable
        Refusal take(Buffer chunk);

        /** The body is complete. */
        void end();

        /** The body will not be complete. Answer if the client is still connected; no further calls follow. */
        void failed(ApiException error);
    }

    private static final String KEY = IncomingBody.class.getName();

    private final Intake intake;
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final HeldBytes held;
    private long maxBytes;
    private @Nullable Sink sink;
    private long bytes;
    private long windowStart;
    private long windowBytes;
    private boolean paused;

    private IncomingBody(RoutingContext context, Intake intake, HeldBytes held) {
        this.context = context;
        this.request = context.request();
        this.intake = intake;
        this.held = held;
    }

    static void open(RoutingContext context, Intake intake, HeldBytes held) {
        context.put(KEY, new IncomingBody(context, intake, held));
    }

    static IncomingBody of(RoutingContext context) {
        return Objects.requireNonNull(context.<IncomingBody>get(KEY), "no intake on this route");
    }

    /** The request's account; count any additional memory held for the request here too. */
    public static HeldBytes held(RoutingContext context) {
        return of(context).held;
    }

    HeldBytes held() {
        return held;
    }

    void read(long max, Sink to) {
        maxBytes = max;
        sink = to;
        windowStart = intake.sweep().now();
        request.handler(this::chunk);
        request.endHandler(complete -> end());
        request.exceptionHandler(gone -> fail(new ApiException(400, "body: ended unexpectedly")));
        intake.sweep().add(this);
        if (declaredLength() > maxBytes) {
            refuse(Refusal.TOO_LARGE);
        } else if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private long declaredLength() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private void chunk(Buffer chunk) {
        Sink to = sink;
        if (to == null) {
            return; // already rejected; discard the rest
        }
        bytes += chunk.length();
        windowBytes += chunk.length();
        Refusal refusal = bytes > maxBytes ? Refusal.TOO_LARGE : to.take(chunk);
        if (refusal != null) {
            refuse(refusal);
        }
    }

    private void end() {
        Sink to = sink;
        sink = null;
        intake.sweep().remove(this);
        if (to != null) {
            to.end();
        } else if (context.response().ended()) {
            Connections.end(request); // rejected, and now read completely
        }
    }

    /** Stops reading until {@link #resume()}; this time does not count as the client being slow. */
    void pause() {
        paused = true;
        request.pause();
    }

    void resume() {
        paused = false;
        windowStart = intake.sweep().now();
        windowBytes = 0;
        if (!request.isEnded()) {
            request.resume();
        }
    }

    @Override
    public void sweep(long now) {
        long window = intake.limits().bodyWindow().toMillis();
        if (paused || now - windowStart < window) {
            return;
        }
        if (windowBytes * 1_000 < window * intake.limits().bodyRate()) {
            refuse(Refusal.SLOW_BODY);
        }
        windowStart = now;
        windowBytes = 0;
    }

    private void refuse(Refusal reason) {
        intake.metrics().refused(reason);
        if (!Connections.isMultiplexed(request)) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        fail(error(reason));
    }

    private ApiException error(Refusal reason) {
        return switch (reason) {
            case TOO_LARGE -> new ApiException(413, "body: must be at most " + maxBytes + " bytes");
            case SLOW_BODY ->
                new ApiException(
                        408, "body: must arrive at " + intake.limits().bodyRate() + " bytes per second or more");
            default -> reason.noRoom();
        };
    }

    private void fail(ApiException error) {
        Sink to = sink;
        sink = null;
        intake.sweep().remove(this);
        held.release();
        if (to != null) {
            to.failed(error);
        }
    }

    /** Releases the bytes when the request ends: by its response, a reset, or its connection. */
    void releaseWhenAnswered() {
        context.addEndHandler(ended -> held.release());
        if (context.response().closed()) {
            held.release();
        }
    }
}
