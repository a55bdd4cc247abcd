package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Tracks whether the credentials of pending requests are still valid.
 *
 * <p>A lookup is trusted for {@link #MOMENT}, unless a counter shows that some credentials have ended since; then they
 * are looked up again. A request that changes something is verified by the store itself. Thread-safe.
 */
final class Rights {

    /** Added to the lookup cache's TTL, this makes credentials that end on another node end here within a second. */
    static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(100);

    private final Vertx vertx;
    private final LongSupplier clock;
    private final LongSupplier nanoClock;
    private final AtomicLong endings = new AtomicLong();

    /**
     * @param clock epoch milliseconds
     * @param nanoClock as {@link System#nanoTime}
     */
    Rights(Vertx vertx, LongSupplier clock, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /** When a lookup started, and how many credentials had ended by then. */
    record Look(long endings, long at) {}

    /** Take this before looking up the credentials. */
    Look look() {
        return new Look(endings.get(), nanoClock.getAsLong());
    }

    /** Call this when some credentials have ended. */
    void ended() {
        endings.incrementAndGet();
    }

    /**
     * @param look taken before {@code identity} was looked up
     * @param again looks up the caller by the same credentials; empty if they are no longer valid
     */
    Right right(Identity identity, Look look, Function<Identity, Future<Optional<Identity>>> again) {
        return new Right(identity, look, again);
    }

    final class Right {

        private final Identity identity;
        private final Function<Identity, Future<Optional<Identity>>> again;
        private volatile Look last;

        private Right(Identity identity, Look look, Function<Identity, Future<Optional<Identity>>> again) {
            this.identity = identity;
            this.last = look;
            this.again = again;
        }

        /**
         * @return completes on the caller's context; fails with an {@link ApiException} 401 if the right has ended, or
         *     with the lookup's failure
         */
        Future<Void> confirm() {
            Caller caller = identity.caller();
            if (caller.kind() == Caller.Kind.ANONYMOUS || caller.kind() == Caller.Kind.CONFIGURED_KEY) {
                return Future.succeededFuture(); // these never end
            }
            if (caller.limits().isExpired(clock.getAsLong())) {
                return Future.failedFuture(Refusals.expired());
            }
            Look now = look();
            Look seen = last;
            if (seen.endings() == now.endings() && now.at() - seen.at() < MOMENT) {
                return Future.succeededFuture();
            }
            return here(again.apply(identity)).compose(found -> {
                if (found.isEmpty() || !found.get().isSameAs(identity)) {
                    return Future.failedFuture(Refusals.ended());
                }
                last = now;
                return Future.succeededFuture();
            });
        }
    }

    /** Returns to the caller's context: lookups are shared and may complete on another thread. */
    private <T> Future<T> here(Future<T> answer) {
        if (answer.isComplete()) {
            return answer;
        }
        Context own = vertx.getOrCreateContext();
        Promise<T> here = Promise.promise();
        answer.onComplete(done -> own.runOnContext(then -> here.handle(done)));
        return here.future();
    }
}
