package io.openuptimes.web.history;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.model.HistoryEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Supplier;

/**
 * A history on its way to a client, however long it is: a page is read from the store when all of the page before has
 * gone out, and of a page a piece is written when the piece before has. A client that does not read costs one page.
 *
 * <p>What fails on the way breaks the connection off, or the client would take what it has for the whole.
 *
 * <p>Belongs to one event loop.
 */
public final class HistoryStream {

    /** A service that is checked once a minute has 1,440 a day. */
    private static final int PAGE = 4_000;

    private static final int PIECE = 250;
    private static final int LINE = 100;

    private final Bus bus;
    private final HttpServerResponse response;
    private final LineFormat format;
    private final Supplier<Future<Void>> permission;
    private final Promise<Void> ended = Promise.promise();
    private ReadHistory next;
    private long left;
    private List<HistoryEntry> page = List.of();
    private boolean more = true;
    private int at;
    private boolean over;

    /**
     * @param wanted the bounds; its own limit does not count
     * @param limit checks at most
     * @param permission looked at before each piece; where it fails the stream breaks off
     */
    public HistoryStream(
            Bus bus,
            HttpServerResponse response,
            LineFormat format,
            ReadHistory wanted,
            long limit,
            Supplier<Future<Void>> permission) {
        this.bus = bus;
        this.response = response;
        this.format = format;
        this.permission = permission;
        this.next = wanted;
        this.left = limit;
    }

    /**
     * Reads the first page and begins.
     *
     * @return fails if that cannot be read: nothing has been written then
     */
    public Future<Void> open() {
        return read().onFailure(failure -> end()).map(first -> {
            if (over || response.closed()) { // gone meanwhile
                end();
            } else {
                response.setChunked(true);
                write(Buffer.buffer(format.head()).appendBuffer(piece()));
            }
            return null;
        });
    }

    /** Completes when it is over, however that came about. */
    public Future<Void> ended() {
        return ended.future();
    }

    private Future<History> read() {
        int limit = (int) Math.min(PAGE, left);
        return bus.request(
                        Addresses.READ_HISTORY,
                        new ReadHistory(next.serviceId(), next.from(), next.to(), limit, next.outcomes()))
                .onSuccess(this::take);
    }

    private void take(History history) {
        page = history.entries();
        at = 0;
        left -= page.size();
        more = history.more() && left > 0 && !page.isEmpty();
        if (more) {
            long before = page.get(page.size() - 1).timestamp() - 1;
            next = new ReadHistory(next.serviceId(), next.from(), before, PAGE, next.outcomes());
        }
    }

    private void write(Buffer bytes) {
        if (at == page.size() && !more) {
            response.end(bytes).onComplete(sent -> end());
        } else {
            response.write(bytes)
                    .onComplete(
                            sent -> permission.get().onComplete(held -> goOn(), ended -> breakOff()), gone -> end());
        }
    }

    /** Credentials have ended: breaks off if it was the client's. */
    public void confirm() {
        permission.get().onFailure(ended -> breakOff());
    }

    private void goOn() {
        if (over) {
            return;
        }
        if (at < page.size()) {
            write(piece());
        } else {
            read().onComplete(
                            read -> {
                                if (!over) {
                                    write(piece());
                                }
                            },
                            failure -> breakOff());
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

    /** Ends it so that the client notices that it does not have all. */
    public void breakOff() {
        if (!over) {
            end();
            response.reset();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            page = List.of();
            ended.complete();
        }
    }
}
