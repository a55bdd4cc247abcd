package io.openuptimes.web.board;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Set;

/** A board's current {@link Outlook}. After a change, call {@link #mark}. */
public final class BoardOutlook {

    private final StatusBoard board;
    private Outlook current = Outlook.NONE;

    BoardOutlook(StatusBoard board) {
        this.board = board;
    }

    Outlook current() {
        return current;
    }

    /** Last reported by the store. */
    public boolean isStoreReachable() {
        return current.storeReachable();
    }

    public void storeReachable(boolean reachable) {
        if (isStoreReachable() != reachable) {
            current = new Outlook(reachable, current.held());
            board.versions().changed();
            board.versions().showAtOnce();
        }
    }

    /** Sets the partitions that only this node checks. */
    public void held(Set<Integer> partitions) {
        current = new Outlook(isStoreReachable(), partitions);
    }

    /** Updates the entries' blind marks, in slices. */
    Future<Void> mark(Vertx vertx) {
        return board.slices().run(vertx, new BlindWalk(board));
    }
}
