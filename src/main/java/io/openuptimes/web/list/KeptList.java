package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cached list, built in slices when first requested. It stays fresh for ten times as long as it took to build, at
 * most {@link #MAX_REST}, so that building takes about a tenth of the time. For as long again it is still served while
 * the next one is built. A change of the services or of a state invalidates it, so its content is never wrong, but its
 * order may use slightly old response times.
 */
final class KeptList {

    private static final int REST = 10;
    static final long MAX_REST = TimeUnit.SECONDS.toNanos(3);
    /** Sorting this many takes a millisecond or two. */
    private static final int SORTED_AT_ONCE = 2_000;

    private final Vertx vertx;
    private final StatusBoard board;
    private final ListQuery query;
    private final boolean withHidden;
    private final Disclosure disclosure;
    private final GroupOrder groups;
    private final LongSupplier nanoTime;
    private final Runnable onMade;

    private @Nullable ServiceList last;
    private long lastVersion;
    private long freshUntil;
    private long goodUntil;
    private @Nullable Future<ServiceList> making;
    private long makingVersion;

    /**
     * @param withHidden whether hidden services are included
     * @param disclosure how much of a URL is searched
     * @param groups group order, if the list is sorted by group
     * @param nanoTime as {@link System#nanoTime}
     * @param onMade called each time the list was built
     */
    KeptList(
            Vertx vertx,
            StatusBoard board,
            ListQuery query,
            boolean withHidden,
            Disclosure disclosure,
            GroupOrder groups,
            LongSupplier nanoTime,
            Runnable onMade) {
        this.vertx = vertx;
        this.board = board;
        this.query = query;
        this.withHidden = withHidden;
        this.disclosure = disclosure;
        this.groups = groups;
        this.nanoTime = nanoTime;
        this.onMade = onMade;
    }

    Future<ServiceList> current() {
        long now = nanoTime.getAsLong();
        ServiceList known = last;
        boolean right = known != null && lastVersion >= board.versions().ofLists();
        if (right && now < freshUntil) {
            return Future.succeededFuture(known);
        }
        boolean good = right && now < goodUntil;
        Future<ServiceList> underWay = making;
        if (underWay == null) {
            Future<ServiceList> made = make(now);
            return good ? Future.succeededFuture(known) : made;
        }
        if (good) {
            return Future.succeededFuture(known);
        }
        return makingVersion >= board.versions().ofLists()
                ? underWay
                : underWay.transform(made -> current()); // one build at a time
    }

    private Future<ServiceList> make(long begun) {
        makingVersion = board.versions().current();
        ListPass pass = new ListPass(board, query, withHidden, disclosure);
        Future<ServiceList> made = board.slices().run(vertx, pass).compose(done -> sorted(pass));
        making = made;
        made.onComplete(ended -> {
            making = null;
            if (ended.succeeded()) {
                long now = nanoTime.getAsLong();
                long rest = Math.min(MAX_REST, REST * (now - begun));
                last = ended.result();
                lastVersion = makingVersion;
                freshUntil = now + rest;
                goodUntil = freshUntil + rest;
            }
            onMade.run();
        });
        return made;
    }

    private Future<ServiceList> sorted(ListPass pass) {
        return pass.size() <= SORTED_AT_ONCE
                ? Future.succeededFuture(pass.sorted(groups))
                : vertx.executeBlocking(() -> pass.sorted(groups), false);
    }

    /** Number of cached entries. */
    int size() {
        return last == null ? 0 : last.entries().size();
    }

    /** Whether the list has expired and is not being built. */
    boolean isOver(long now) {
        return making == null && now >= goodUntil;
    }
}
