package io.openuptimes.store.snapshot;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares one load among all callers that ask while it is running, as long as nothing has changed since it began. They
 * all receive the same objects. A caller that asks after a change waits for the next load.
 *
 * <p>Belongs to one event loop, which also reports the changes.
 *
 * @param <T> what is loaded
 */
final class SharedLoad<T> {

    private final Supplier<Future<T>> load;
    private @Nullable Future<T> underWay;
    private @Nullable Future<T> next;
    private boolean outdated;

    SharedLoad(Supplier<Future<T>> load) {
        this.load = load;
    }

    /** Data that the load may already have read has changed. */
    void changed() {
        outdated = true;
    }

    Future<T> get() {
        Future<T> current = underWay;
        if (current == null) {
            return begin();
        }
        if (!outdated) {
            return current;
        }
        Future<T> waiting = next;
        if (waiting == null) {
            waiting = current.transform(ended -> begin());
            next = waiting;
        }
        return waiting;
    }

    private Future<T> begin() {
        outdated = false;
        next = null;
        Future<T> begun = load.get();
        underWay = begun;
        begun.onComplete(ended -> {
            if (underWay == begun) {
                underWay = null;
            }
        });
        return begun;
    }
}
