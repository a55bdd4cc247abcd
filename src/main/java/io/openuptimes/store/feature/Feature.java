package io.openuptimes.store.feature;

import io.vertx.core.Future;

/** One subject of the store: creates its parts, serves its bus addresses, and follows the store's start and stop. */
public interface Feature {

    /** Registers the feature's consumers on the bus; completes when they can be reached. */
    Future<?> serve();

    /** Opens connections and starts timers, once all features serve. */
    default void open() {}

    /**
     * Called after a start or an outage, once Redis can be used and interrupted changes are finished. Loads wait until
     * this has succeeded or failed.
     */
    default Future<?> reached() {
        return Future.succeededFuture();
    }

    /** Called about once a second, after the previous call has ended. The next call retries a failure. */
    default Future<?> upkeep() {
        return Future.succeededFuture();
    }

    /** Closes what {@link #open} opened. */
    default Future<?> close() {
        return Future.succeededFuture();
    }
}
