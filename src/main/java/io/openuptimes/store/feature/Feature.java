package io.openuptimes.store.feature;

import io.vertx.core.Future;

/** One subject of the store: builds its parts, serves its addresses, and follows the store's start and stop. */
public interface Feature {

    /** Registers everything that the feature answers on the bus; completes when it can be reached. */
    Future<?> serve();

    /** Opens connections and starts timers, once all features serve. */
    default void open() {}

    /**
     * Called when Redis can be used after a start or an outage, and interrupted changes are finished. Nothing is loaded
     * before this has ended, whether it succeeds or not.
     */
    default Future<?> reached() {
        return Future.succeededFuture();
    }

    /** Called about once a second, not before the previous call has ended; a failure is retried by the next call. */
    default Future<?> upkeep() {
        return Future.succeededFuture();
    }

    /** Closes what {@link #open} opened. */
    default Future<?> close() {
        return Future.succeededFuture();
    }
}
