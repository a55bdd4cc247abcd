package io.openuptimes.store;

import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One load for all who ask while it is under way, as long as nothing has changed since it began: then it is as true for
 * the last of them as for the first, and all hold the same objects. Who asks after a change waits for the next load.
 *
 * <p>Belongs to one event loop, which also hears of the changes.
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

    /** Something that the load may have read already is different now. */
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
