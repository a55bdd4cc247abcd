package io.openuptimes.check.egress;

import io.openuptimes.check.net.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares looks among all that wait for one. A look answers every failure that ended before it began; later failures wait
 * together for the next. At most one look runs at a time, and looks begin at least {@value #PAUSE_MS} ms apart, to limit
 * the load on the targets. Belongs to one event loop.
 */
final class SharedLook {

    static final long PAUSE_MS = 500;

    private static final long NEVER = Long.MIN_VALUE;

    private final Vertx vertx;
    private final LongSupplier nanos;
    private final Supplier<Future<Optional<Failure>>> look;
    private final Consumer<Optional<Failure>> seen;

    private long beganAt = NEVER;
    private Promise<Optional<Failure>> last = Promise.promise();
    private @Nullable Promise<Optional<Failure>> next;
    private boolean running;
    private final AtomicLong count = new AtomicLong();

    /**
     * @param nanos as of {@link System#nanoTime()}
     * @param look begins a look; never fails
     * @param seen receives each result before those that wait for it
     */
    SharedLook(
            Vertx vertx,
            LongSupplier nanos,
            Supplier<Future<Optional<Failure>>> look,
            Consumer<Optional<Failure>> seen) {
        this.vertx = vertx;
        this.nanos = nanos;
        this.look = look;
        this.seen = seen;
    }

    /**
     * The result of a look that began at or after a time.
     *
     * @param failedAt by this object's clock
     */
    Future<Optional<Failure>> since(long failedAt) {
        if (beganAt != NEVER && beganAt - failedAt >= 0) {
            return last.future();
        }
        Promise<Optional<Failure>> wanted = next;
        if (wanted == null) {
            wanted = Promise.promise();
            next = wanted;
            if (!running) {
                beginAfterPause();
            }
        }
        return wanted.future();
    }

    /** Begins a look unless one is running or about to begin. */
    void lookUnlessBusy() {
        if (!running) {
            since(nanos.getAsLong());
        }
    }

    private void beginAfterPause() {
        long passed = beganAt == NEVER ? PAUSE_MS : TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - beganAt);
        running = true;
        if (passed >= PAUSE_MS) {
            begin();
        } else {
            vertx.setTimer(PAUSE_MS - passed, due -> begin());
        }
    }

    private void begin() {
        Promise<Optional<Failure>> wanted = next == null ? Promise.promise() : next;
        next = null;
        beganAt = nanos.getAsLong();
        last = wanted;
        count.incrementAndGet();
        look.get().onSuccess(result -> {
            running = false;
            seen.accept(result);
            wanted.tryComplete(result);
            if (next != null && !running) {
                beginAfterPause();
            }
        });
    }

    /** Number of looks so far. */
    long count() {
        return count.get();
    }
}
