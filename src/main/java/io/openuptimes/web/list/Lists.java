package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.ByName;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Paged lists of the services on a board. Plain lists by name are read directly from the board, and named services are
 * looked up by name; everything else is cut from a {@link KeptList}. Belongs to the board's event loop.
 */
public final class Lists {

    private static final long SWEEP_MS = TimeUnit.NANOSECONDS.toMillis(2 * KeptList.MAX_REST);

    /** Maximum entries of all cached lists, about 32 bytes each. */
    private static final int MOST_ENTRIES = 500_000;

    private static final int MOST_LISTS = 200;

    /** Cache key of a list, independent of the page. */
    private record Wanted(ListQuery query, boolean withHidden, Disclosure disclosure, GroupOrder groups) {}

    private final Vertx vertx;
    private final StatusBoard board;
    private final Supplier<Future<GroupOrder>> groupOrder;
    private final LongSupplier nanoTime;
    private final Map<Wanted, KeptList> kept = new HashMap<>();
    private boolean sweeping;

    /**
     * @param groupOrder supplies the group order on the board's event loop; never fails
     */
    public Lists(Vertx vertx, StatusBoard board, Supplier<Future<GroupOrder>> groupOrder) {
        this(vertx, board, groupOrder, System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Lists(Vertx vertx, StatusBoard board, Supplier<Future<GroupOrder>> groupOrder, LongSupplier nanoTime) {
        this.groupOrder = groupOrder;
        this.vertx = vertx;
        this.board = board;
        this.nanoTime = nanoTime;
    }

    /**
     * @param withHidden whether the caller can see hidden services
     * @param disclosure how much of a URL is searched
     */
    public Future<ListPage> page(ListQuery query, boolean withHidden, Disclosure disclosure) {
        return query.sort() == SortKey.GROUP || query.withGroups()
                ? groupOrder.get().compose(order -> page(query, withHidden, disclosure, order))
                : page(query, withHidden, disclosure, GroupOrder.BY_NAME);
    }

    private Future<ListPage> page(ListQuery query, boolean withHidden, Disclosure disclosure, GroupOrder order) {
        if (query.isPlain()) {
            return Future.succeededFuture(ListPage.byName(board, query, withHidden, order));
        }
        // other sort keys do not depend on the group order
        GroupOrder sorted = query.sort() == SortKey.GROUP ? order : GroupOrder.BY_NAME;
        Future<ServiceList> list = query.names().isEmpty() || query.isConfined()
                ? list(new Wanted(query.inWhole(), withHidden, disclosure, sorted))
                : Future.succeededFuture(named(query, withHidden, disclosure, sorted));
        return list.map(made -> made.page(board, query, withHidden, order));
    }

    /** Counts of the services that the caller can see. */
    public Future<Counts> counts(Sight sight) {
        return sight.isConfined()
                ? page(ListQuery.firstPage().confinedTo(sight.within()), sight.withHidden(), Disclosure.PUBLIC)
                        .map(ListPage::counts)
                : Future.succeededFuture(board.counts(sight.withHidden()));
    }

    private ServiceList named(ListQuery query, boolean withHidden, Disclosure disclosure, GroupOrder groups) {
        ListPass pass = new ListPass(board, query, withHidden, disclosure);
        for (String name : query.names().stream().sorted(ByName.INSTANCE).toList()) {
            BoardEntry entry = board.find(name);
            if (entry != null) {
                pass.look(entry);
            }
        }
        return pass.sorted(groups);
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
                                wanted.groups(),
                                nanoTime,
                                () -> made(wanted)))
                .current();
    }

    /** Keeps the list in the cache unless that is full. */
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
