package io.openuptimes.store.state;

import io.openuptimes.bus.Failures;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's periodic work: finishes interrupted changes, checks the admission, and runs the features' upkeep. */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    /** The maximum delay until a setting changed by another node, such as a TTL, is noticed. */
    private static final long EVERY_MS = 1_000;

    private final StoreContext store;
    private final Supplier<Future<?>> features;
    private final Admission admission;
    private final Reachability reachability;

    /**
     * @param features runs the upkeep of all features
     */
    Upkeep(StoreContext store, Supplier<Future<?>> features, Admission admission, Reachability reachability) {
        this.store = store;
        this.features = features;
        this.admission = admission;
        this.reachability = reachability;
    }

    /** Starts the timer, which runs as long as the verticle. */
    void begin() {
        store.vertx().setTimer(EVERY_MS, timer -> {
            finishInterrupted();
            store.link()
                    .unguarded()
                    .verify()
                    .transform(same -> admission.check())
                    .onSuccess(known -> reachability.admitted())
                    .onFailure(
                            reachability
                                    ::notAdmitted) // secrets were re-encrypted, or a restore or a newer format began
                    .transform(checked -> features.get())
                    .onComplete(over -> begin());
        });
    }

    /** Finishes committed changes that Redis did not accept completely, or that an outage interrupted. */
    private void finishInterrupted() {
        if (store.link().isUp()) {
            store.commits()
                    .settle()
                    .transform(settled -> store.turns().finishUndone())
                    .onFailure(Upkeep::notFinished);
        }
    }

    private static void notFinished(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.warn("cannot complete an interrupted bulk change yet: {}", failure.getMessage());
        }
    }
}
