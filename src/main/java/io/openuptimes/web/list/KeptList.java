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
 * A list that is made when somebody asks for it, in slices, and kept for whoever asks next: for ten times as long as it
 * took, so that making it never takes more than a tenth of the time, and for as long again while the next one is made.
 * It is not kept past a change of the services or of a state: it is never wrong in what is on it, but its order may be
 * by response times of a moment ago.
 */
final class KeptList {

    private static final int REST = 10;
    static final long MAX_REST = TimeUnit.SECONDS.toNanos(3);
    /** So many are sorted in a millisecond or two. */
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
     * @param withHidden whether hidden services are on it
     * @param disclosure how much of a URL the search sees
     * @param groups their order, where the list is sorted by them
     * @param nanoTime as {@link System#nanoTime}
     * @param onMade told each time it was made
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
        boolean right = known != null && lastVersion >= board.listsVersion();
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
        return makingVersion >= board.listsVersion()
                ? underWay
                : underWay.transform(made -> current()); // one at a time
    }

    private Future<ServiceList> make(long begun) {
        makingVersion = board.version();
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

    /** How many entries it holds. */
    int size() {
        return last == null ? 0 : last.entries().size();
    }

    /** Whether nobody could get it any more, or waits for it. */
    boolean isOver(long now) {
        return making == null && now >= goodUntil;
    }
}
