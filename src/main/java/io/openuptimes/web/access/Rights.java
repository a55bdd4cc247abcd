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
 * The rights by which requests are under way, and whether they still hold.
 *
 * <p>A right that was seen a moment ago holds, unless some credentials have ended since, which a counter tells. Only then
 * it is looked up again; for a request that changes something the store itself is asked. Thread-safe.
 */
final class Rights {

    /** With what a lookup may remember, what ends on another node ends here within a second. */
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

    /** A look at a right: before it, so many credentials had ended. */
    record Look(long endings, long at) {}

    /** To be taken before the credentials are looked up. */
    Look look() {
        return new Look(endings.get(), nanoClock.getAsLong());
    }

    /** Some credentials have ended. */
    void ended() {
        endings.incrementAndGet();
    }

    /**
     * @param look taken before {@code identity} was looked up
     * @param again finds the caller by the same credentials; empty where they are no longer good
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
         * @return on the caller's context; fails with an {@link ApiException} 401 if it has ended, or as the lookup fails
         */
        Future<Void> confirm() {
            Caller caller = identity.caller();
            if (caller.kind() == Caller.Kind.ANONYMOUS || caller.kind() == Caller.Kind.CONFIGURED_KEY) {
                return Future.succeededFuture(); // these do not end
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

    /** Lookups are shared and may end on another thread. */
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
