package io.openuptimes.web.events;

import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.OverallJson;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The {@code summary} event for one audience. Rendered after a change, at most once a second and in at most a tenth of
 * the time.
 */
public final class EventSummary {

    private static final long SECOND = 1_000_000_000L;
    private static final int REST = 10;

    private final StatusBoard board;
    private final Supplier<Counts> counts;
    private final LongSupplier nanoTime;
    private String text = "";
    private Buffer bytes = Buffer.buffer();
    private long version = -1;
    private long madeAt;
    private long cost;

    /**
     * @param counts current counts of the services that the audience sees
     * @param nanoTime as {@link System#nanoTime}
     */
    EventSummary(StatusBoard board, Supplier<Counts> counts, LongSupplier nanoTime) {
        this.board = board;
        this.counts = counts;
        this.nanoTime = nanoTime;
    }

    /** The summary, possibly a moment old; the same object while nothing changes. */
    Buffer current() {
        long now = nanoTime.getAsLong();
        boolean changed = version != board.versions().current();
        if (version < 0 || (changed && now - madeAt >= Math.max(SECOND, REST * cost))) {
            version = board.versions().current();
            String fresh = render();
            if (!fresh.equals(text)) {
                text = fresh;
                bytes = EventChunks.bytes(fresh);
            }
            madeAt = now;
            cost = nanoTime.getAsLong() - now;
        }
        return bytes;
    }

    /** Call this when the counts change without a change of the board. */
    void outdate() {
        version = -1;
    }

    private String render() {
        StringBuilder data = new StringBuilder("{");
        OverallJson.append(data, board, counts.get());
        return EventItem.event("summary", data.append('}')) + '\n';
    }
}
