package io.openuptimes.store.state;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.changes.ChangeLock;
import io.openuptimes.store.changes.ChangeTurns;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.events.EventAppender;
import io.openuptimes.store.history.HistoryStore;
import io.openuptimes.store.history.Retention;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.Forgetting;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's periodic work: loads settings changed by other nodes, finishes and retries changes, removes old data. */
public final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** The maximum delay until a TTL set by another node is noticed. */
    private static final long RETENTION_REFRESH_MS = 1_000;

    /** The maximum delay until expired deleted services are removed from Redis. */
    private static final long FORGET_DELETED_MS = 2_000;

    private final Vertx vertx;
    private final Link link;
    private final EventAppender events;
    private final Commits commits;
    private final ChangeTurns turns;
    private final Retention retention;
    private final HistoryStore history;
    private final Forgetting forgetting;
    private final Admission admission;
    private final Runnable followed;
    private final Runnable notAdmitted;
    private boolean refused;

    /**
     * @param followed called each time that the node has been admitted to the store
     * @param notAdmitted called once when the node is no longer admitted
     */
    public Upkeep(
            Vertx vertx,
            Link link,
            EventAppender events,
            Commits commits,
            ChangeTurns turns,
            Retention retention,
            HistoryStore history,
            Forgetting forgetting,
            Admission admission,
            Runnable followed,
            Runnable notAdmitted) {
        this.vertx = vertx;
        this.link = link;
        this.events = events;
        this.commits = commits;
        this.turns = turns;
        this.retention = retention;
        this.history = history;
        this.forgetting = forgetting;
        this.admission = admission;
        this.followed = followed;
        this.notAdmitted = notAdmitted;
    }

    /** Starts the timers, which run as long as the verticle. */
    public void begin() {
        refreshRetention();
        forgetDeleted();
    }

    private void refreshRetention() {
        vertx.setTimer(RETENTION_REFRESH_MS, timer -> {
            events.retry();
            finishInterrupted();
            link.verify()
                    .transform(same -> retention.refresh())
                    .transform(fresh -> admission.check())
                    .onSuccess(known -> {
                        refused = false;
                        followed.run();
                    })
                    .onFailure(this::notFollowed)
                    .onComplete(over -> refreshRetention());
        });
    }

    /** Secrets were re-encrypted, or a restore began, while this node was not live. */
    private void notFollowed(Throwable failure) {
        if (Admission.isRefusal(failure)) {
            if (!refused) {
                log.error("{}", failure.getMessage());
                notAdmitted.run();
            }
            refused = true;
        }
    }

    /** Finishes committed changes that Redis did not accept completely, or that an outage interrupted. */
    private void finishInterrupted() {
        if (!link.isUp()) {
            return;
        }
        commits.settle().transform(settled -> turns.finishUndone()).onFailure(Upkeep::notFinished);
        if (history.isClearing()) {
            history.finishClearing(forgetting::pasts);
        }
    }

    private static void notFinished(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.warn("cannot complete an interrupted bulk change yet: {}", failure.getMessage());
        }
    }

    private void forgetDeleted() {
        vertx.setTimer(
                FORGET_DELETED_MS,
                timer -> forgetting.forget().onFailure(Upkeep::notForgotten).onComplete(forgotten -> forgetDeleted()));
    }

    private static void notForgotten(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE && !ChangeLock.isHeld(failure)) {
            log.warn("cannot remove the data of deleted services yet: {}", failure.getMessage());
        }
    }
}
