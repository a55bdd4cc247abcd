package io.openuptimes.store.backup;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A restore's hold on the {@link RestoreMark}. Only one restore can hold it. The hold lapses if the restore does not
 * renew it for {@value #ABANDONED_S} seconds; the next restore then takes over. Belongs to the link's event loop.
 */
final class RestoreRun {

    /** Longer than the slowest step between two checks: waiting for nodes that were killed. */
    private static final int ABANDONED_S = 30;

    private static final long RENEW_NS = TimeUnit.SECONDS.toNanos(5);

    private final Link link;
    private final String what;
    private final String id = UUID.randomUUID().toString();
    private boolean afterAnother;
    private boolean lost;
    private long renewedAt;

    /**
     * @param what is restored
     */
    RestoreRun(Link link, String what) {
        this.link = link;
        this.what = what;
    }

    /**
     * Takes the mark.
     *
     * @return fails with {@link Failures#CONFLICT} if another restore holds it
     */
    Future<Void> begin() {
        long now = System.nanoTime();
        return call("begin").compose(answer -> {
            if (answer == 0) {
                return Future.failedFuture(new Refused(
                        Failures.CONFLICT,
                        "A restore is under way. If it was killed, try again in " + ABANDONED_S
                                + " seconds. Nothing was changed."));
            }
            renewedAt = now;
            afterAnother = answer == 2;
            return Future.succeededFuture();
        });
    }

    /** Whether an earlier restore was interrupted, so that the store's contents are incomplete. */
    boolean isAfterAnother() {
        return afterAnother;
    }

    /** Whether another restore has taken over. */
    boolean isLost() {
        return lost;
    }

    /** Call before each write. Asks Redis only if the hold could lapse soon. Fails if another restore has begun. */
    Future<Void> check() {
        return System.nanoTime() - renewedAt < RENEW_NS ? Future.succeededFuture() : renew();
    }

    /** Like {@link #check}, but always asks Redis. */
    Future<Void> renew() {
        long now = System.nanoTime();
        return held("renew").onSuccess(held -> renewedAt = now);
    }

    /** Ends without completing: nodes stay away, and the next restore can begin at once. */
    Future<Void> abandon() {
        return held("abandon");
    }

    /** Removes the mark. Fails if another restore has begun. */
    Future<Void> end() {
        return held("end").compose(gone -> link.confirm());
    }

    private Future<Void> held(String action) {
        return call(action).compose(answer -> {
            lost = answer == 0;
            return lost
                    ? Future.failedFuture(new Refused(
                            Failures.CONFLICT,
                            "Another restore of this store has begun. This one has ended without completing."))
                    : Future.succeededFuture();
        });
    }

    private Future<Long> call(String action) {
        return link.send(Script.RESTORE_MARK
                        .call(1)
                        .arg(Keys.RESTORING)
                        .arg(id)
                        .arg(what)
                        .arg(action)
                        .arg(ABANDONED_S))
                .map(answer -> answer == null ? 0L : answer.toLong());
    }
}
