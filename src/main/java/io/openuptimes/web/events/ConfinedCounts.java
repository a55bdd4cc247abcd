package io.openuptimes.web.events;

import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The counts of services that callers see who are confined by labels: a pass over the board makes them, so the last ones
 * are shown while newer ones are made. Belongs to the board's event loop.
 */
final class ConfinedCounts implements Supplier<Counts> {

    private final StatusBoard board;
    private final Supplier<Future<Counts>> count;
    private final Runnable changed;
    private Counts last = new Counts();
    private long version = -1;
    private boolean counting;

    /**
     * @param count makes them
     * @param changed told when there are newer ones
     */
    ConfinedCounts(StatusBoard board, Supplier<Future<Counts>> count, Runnable changed) {
        this.board = board;
        this.count = count;
        this.changed = changed;
    }

    @Override
    public Counts get() {
        long now = board.version();
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
