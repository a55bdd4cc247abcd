package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.ByName;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lists of the services on a board, in pages. All services by name are found by their places, those that are named by
 * their names; anything else is cut from a {@link KeptList}. Belongs to the board's event loop.
 */
public final class Lists {

    private static final long SWEEP_MS = TimeUnit.NANOSECONDS.toMillis(2 * KeptList.MAX_REST);

    /** Entries of all that are kept, some 32 bytes each. */
    private static final int MOST_ENTRIES = 500_000;

    private static final int MOST_LISTS = 200;

    /** A list, whichever of its pages. */
    private record Wanted(ListQuery query, boolean withHidden, Disclosure disclosure) {}

    private final Vertx vertx;
    private final StatusBoard board;
    private final LongSupplier nanoTime;
    private final Map<Wanted, KeptList> kept = new HashMap<>();
    private boolean sweeping;

    public Lists(Vertx vertx, StatusBoard board) {
        this(vertx, board, System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Lists(Vertx vertx, StatusBoard board, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.board = board;
        this.nanoTime = nanoTime;
    }

    /**
     * @param withHidden whether the caller may see hidden ones
     * @param disclosure how much of a URL the search sees
     */
    public Future<ListPage> page(ListQuery query, boolean withHidden, Disclosure disclosure) {
        if (query.isPlain()) {
            return Future.succeededFuture(ListPage.byName(board, query, withHidden));
        }
        Future<ServiceList> list = query.names().isEmpty() || query.isConfined()
                ? list(new Wanted(query.inWhole(), withHidden, disclosure))
                : Future.succeededFuture(named(query, withHidden, disclosure));
        return list.map(made -> made.page(board, query, withHidden));
    }

    /** Counts of the services that a caller sees. */
    public Future<Counts> counts(Sight sight) {
        return sight.isConfined()
                ? page(ListQuery.firstPage().confinedTo(sight.within()), sight.withHidden(), Disclosure.PUBLIC)
                        .map(ListPage::counts)
                : Future.succeededFuture(board.counts(sight.withHidden()));
    }

    private ServiceList named(ListQuery query, boolean withHidden, Disclosure disclosure) {
        ListPass pass = new ListPass(board, query, withHidden, disclosure);
        for (String name : query.names().stream().sorted(ByName.INSTANCE).toList()) {
            BoardEntry entry = board.find(name);
            if (entry != null) {
                pass.look(entry);
            }
        }
        return pass.sorted();
    }

    private Future<ServiceList> list(Wanted wanted) {
        return kept.computeIfAbsent(
                        wanted,
                        absent -> new KeptList(
                                vertx,
                                board,
                                wanted.query(),
                                wanted.withHidden(),
                                wanted.disclosure(),
                                nanoTime,
                                () -> made(wanted)))
                .current();
    }

    /** It is kept, unless there are too many. */
    private void made(Wanted wanted) {
        if (kept.size() > MOST_LISTS
                || kept.values().stream().mapToLong(KeptList::size).sum() > MOST_ENTRIES) {
            kept.remove(wanted);
        } else {
            sweepLater();
        }
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            vertx.setTimer(SWEEP_MS, timer -> sweep());
        }
    }

    private void sweep() {
        sweeping = false;
        long now = nanoTime.getAsLong();
        kept.values().removeIf(list -> list.isOver(now));
        if (!kept.isEmpty()) {
            sweepLater();
        }
    }
}
