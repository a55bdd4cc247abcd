package io.openuptimes.web.events;

import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Counts for callers that are limited to some services. Counting takes a pass over the board, so the previous counts
 * are shown in the meantime. Belongs to the board's event loop.
 */
final class ConfinedCounts implements Supplier<Counts> {

    private final StatusBoard board;
    private final Supplier<Future<Counts>> count;
    private final Runnable changed;
    private Counts last = new Counts();
    private long version = -1;
    private boolean counting;

    /**
     * @param count makes a pass over the board
     * @param changed called when there are new counts
     */
    ConfinedCounts(StatusBoard board, Supplier<Future<Counts>> count, Runnable changed) {
        this.board = board;
        this.count = count;
        this.changed = changed;
    }

    @Override
    public Counts get() {
        long now = board.versions().current();
        if (now != version && !counting) {
            counting = true;
            count.get().onComplete(counted -> {
                counting = false;
                if (counted.succeeded()) {
                    last = counted.result();
                    version = now;
                    changed.run();
                }
            });
        }
        return last;
    }
}
