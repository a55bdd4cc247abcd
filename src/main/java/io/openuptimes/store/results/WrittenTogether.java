package io.openuptimes.store.results;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Combines small batches that are written at the same time, which reduces the work for listeners. */
final class WrittenTogether {

    private final Vertx vertx;
    private final Consumer<Written> written;
    private Written all = new Written();
    private List<Pending> waiting = new ArrayList<>();
    private boolean scheduled;

    WrittenTogether(Vertx vertx, Consumer<Written> written) {
        this.vertx = vertx;
        this.written = written;
    }

    void add(List<Pending> done, Written changed) {
        all.addAll(changed);
        waiting.addAll(done);
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(later -> flush());
        }
    }

    /** Informs listeners first, then waiting callers. */
    void flush() {
        if (!scheduled) {
            return;
        }
        scheduled = false;
        Written told = all;
        List<Pending> done = waiting;
        all = new Written();
        waiting = new ArrayList<>();
        written.accept(told);
        done.forEach(Pending::complete);
    }
}
