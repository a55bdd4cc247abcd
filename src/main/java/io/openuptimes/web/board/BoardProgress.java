package io.openuptimes.web.board;

import io.openuptimes.bus.EventId;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which changes are on a board: all events up to one, and bulk changes once they have been applied as a whole. */
public final class BoardProgress {

    private final Supplier<StaleLog> staleLog;
    private Future<Void> coming = Future.succeededFuture();
    private @Nullable EventId upTo;
    private @Nullable BoardPoint point;

    /**
     * @param staleLog the board's current one
     */
    BoardProgress(Supplier<StaleLog> staleLog) {
        this.staleLog = staleLog;
    }

    /** All events up to this one are on the board; null until the first load. */
    public @Nullable EventId upTo() {
        return upTo;
    }

    /** Advances the board's last event; never goes back. */
    public void upTo(EventId id) {
        EventId known = upTo;
        if (known == null || id.isAfter(known)) {
            upTo = id;
        }
    }

    /** The point that answers rendered now reflect; null until the first load. */
    public @Nullable BoardPoint point() {
        EventId event = upTo;
        StaleMark stale = staleLog.get().mark();
        BoardPoint made = point;
        if (event != null && (made == null || !made.event().equals(event) || !Objects.equals(made.stale(), stale))) {
            made = new BoardPoint(event, stale);
            point = made;
        }
        return made;
    }

    /** Registers a bulk change that is being applied to the board. */
    void coming(Future<Void> whole) {
        coming = whole;
    }

    /** Completes with the answer once all registered bulk changes are on the board. */
    public <T> Future<T> seen(T answered) {
        return coming.map(answered);
    }
}
