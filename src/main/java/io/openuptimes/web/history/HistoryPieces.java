package io.openuptimes.web.history;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.web.http.Pieces;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history of any length, line by line. The next page is read from the store once all pieces of the previous one have
 * been consumed, so a client that does not read costs one page.
 *
 * <p>Belongs to one event loop.
 */
public final class HistoryPieces implements Pieces {

    /** Maximum memory of a page, in bytes. */
    public static final int MEMORY = 512 * 1024;

    /** Checks per page; a service checked once a minute has 1,440 a day. */
    private static final int PAGE = 4_000;

    private static final int PIECE = 250;
    private static final int LINE = 100;

    private final Bus bus;
    private final LineFormat format;
    private final Promise<Void> closed = Promise.promise();
    private ReadHistory next;
    private long left;
    private List<HistoryEntry> page = List.of();
    private boolean begun;
    private boolean more = true;
    private int at;

    /**
     * @param wanted the bounds; its limit is ignored
     * @param limit maximum number of checks
     */
    public HistoryPieces(Bus bus, LineFormat format, ReadHistory wanted, long limit) {
        this.bus = bus;
        this.format = format;
        this.next = wanted;
        this.left = limit;
    }

    /**
     * Reads the first page.
     *
     * @return fails if it cannot be read, while an error can still be sent
     */
    public Future<HistoryPieces> open() {
        return read().map(this).onFailure(failure -> close());
    }

    @Override
    public Future<@Nullable Buffer> next() {
        if (!begun) {
            begun = true;
            return Future.succeededFuture(Buffer.buffer(format.head()).appendBuffer(piece()));
        }
        if (at < page.size()) {
            return Future.succeededFuture(piece());
        }
        return more ? read().map(read -> piece()) : Future.succeededFuture(null);
    }

    @Override
    public void close() {
        page = List.of();
        more = false;
        closed.tryComplete();
    }

    /** Completes when nothing more will be read. */
    public Future<Void> closed() {
        return closed.future();
    }

    private Future<History> read() {
        int limit = (int) Math.min(PAGE, left);
        return bus.request(StoreMessage.READ_HISTORY, next.until(next.to(), limit))
                .onSuccess(this::take);
    }

    private void take(History history) {
        page = history.entries();
        at = 0;
        left -= page.size();
        more = history.more() && left > 0 && !page.isEmpty();
        if (more) {
            long before = page.get(page.size() - 1).timestamp() - 1;
            next = next.until(before, PAGE);
        }
    }

    private Buffer piece() {
        int until = Math.min(page.size(), at + PIECE);
        StringBuilder lines = new StringBuilder((until - at) * LINE);
        while (at < until) {
            format.add(lines, page.get(at++));
        }
        return Buffer.buffer(lines.toString());
    }
}
