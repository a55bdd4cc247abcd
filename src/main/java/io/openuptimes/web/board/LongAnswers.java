package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.web.http.LongBody;
import io.openuptimes.web.http.Piece;
import io.openuptimes.web.http.ReplacedBodies;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Renders a large board as one answer. The board is frozen on its event loop, in slices, and rendered on a worker
 * thread, which renders only changed segments. Only one rendering runs at a time, shared by all who wait for it, and
 * renderings take at most a tenth of the time, unless a change must be visible at once.
 *
 * <p>If too many {@linkplain ReplacedBodies replaced answers} are still in transmission, callers get the latest existing
 * answer. If that answer lacks a change that must be visible at once, this lasts for a few seconds at most.
 */
abstract class LongAnswers {

    private static final int REST = 10;
    private static final long MAX_REST = TimeUnit.SECONDS.toNanos(5);
    private static final long UNUSED = TimeUnit.SECONDS.toNanos(60);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long URGENT_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /**
     * @param at when it was rendered, as {@link System#nanoTime}
     */
    private record Made(LongAnswer answer, long at) {}

    final StatusBoard board;
    private final boolean withHidden;
    private final ReplacedBodies replaced = new ReplacedBodies();
    private @Nullable Made last;
    private long lastVersion;
    private long cost;
    private long usedAt;
    private @Nullable Future<LongAnswer> making;
    private long makingVersion;

    LongAnswers(StatusBoard board, boolean withHidden) {
        this.board = board;
        this.withHidden = withHidden;
    }

    /** The version of those parts of the board that this answer shows. */
    abstract long version();

    abstract long versionOf(Frozen frozen);

    /** The text before the first entry. */
    abstract String head(Counts counts, boolean storeReachable);

    /** Appends an entry. */
    abstract void append(StringBuilder json, Frozen segment, int index);

    Future<LongAnswer> current(Vertx vertx) {
        long now = System.nanoTime();
        usedAt = now;
        Made known = last;
        long version = version();
        boolean urgent = lastVersion < board.versions().urgent() && lastVersion != version;
        if (known != null
                && (lastVersion == version
                        || (!urgent && now - known.at() < Math.min(MAX_REST, REST * cost))
                        || !replaced.hasRoom(urgent ? URGENT_PATIENCE : PATIENCE))) {
            return Future.succeededFuture(known.answer());
        }
        Future<LongAnswer> underWay = making;
        if (underWay != null) {
            return makingVersion >= board.versions().urgent() || makingVersion == version
                    ? underWay
                    : underWay.transform(made -> current(vertx));
        }
        Promise<LongAnswer> promise = Promise.promise();
        making = promise.future();
        makingVersion = version;
        BoardPoint upTo = board.progress().point();
        boolean storeReachable = board.outlook().isStoreReachable();
        board.freeze(vertx)
                .compose(frozen -> vertx.executeBlocking(() -> render(frozen, known, upTo, storeReachable), false))
                .onComplete(made -> {
                    making = null;
                    if (made.succeeded()) {
                        if (known != null) {
                            replaced.add(known.answer().body());
                        }
                        last = new Made(made.result(), System.nanoTime());
                        lastVersion = makingVersion;
                        cost = System.nanoTime() - now;
                        promise.complete(made.result());
                    } else {
                        promise.fail(made.cause());
                    }
                });
        return promise.future();
    }

    /** Drops answers that were not requested recently. */
    void dropUnused() {
        if (last != null && System.nanoTime() - usedAt > UNUSED) {
            last = null;
        }
        replaced.dropUnread();
    }

    private LongAnswer render(
            Frozen.Board frozen, @Nullable Made before, @Nullable BoardPoint upTo, boolean storeReachable) {
        Counts counts = new Counts();
        Set<String> seen = new HashSet<>();
        List<Piece> pieces = new ArrayList<>(frozen.segments().size() + 2);
        Map<Segment, Piece> bySegment = new HashMap<>();
        boolean first = true;
        boolean hidden = false;
        for (Frozen segment : frozen.segments()) {
            for (int i = 0; i < segment.size(); i++) {
                boolean visible = segment.service(i).visible();
                if (withHidden || visible) {
                    counts.add(segment.service(i), segment.status(i), segment.marks(i), segment.isWarned(i));
                }
                hidden |= withHidden && !visible;
            }
            Piece known = before == null || frozen.changed() || !segment.isWhole()
                    ? null
                    : before.answer().bySegment().get(segment.segment());
            Piece piece = known != null && known.shows(versionOf(segment), first)
                    ? known
                    : render(segment, first, frozen.changed() ? seen : null);
            pieces.add(piece);
            if (segment.isWhole() && !frozen.changed()) {
                bySegment.put(segment.segment(), piece);
            }
            first &= piece.plain().length == 0;
        }
        pieces.add(0, new Piece(head(counts, storeReachable).getBytes(StandardCharsets.UTF_8), 0, true));
        pieces.add(new Piece(new byte[] {']', '}'}, 0, false));
        return new LongAnswer(new LongBody(pieces), bySegment, hidden, upTo);
    }

    /**
     * @param seen ids already in the answer, to skip services renamed during the freeze; null if not needed
     */
    private Piece render(Frozen segment, boolean first, @Nullable Set<String> seen) {
        StringBuilder json = new StringBuilder(segment.size() * 200);
        for (int i = 0; i < segment.size(); i++) {
            Service service = segment.service(i);
            if ((withHidden || service.visible()) && (seen == null || seen.add(service.id()))) {
                if (!first || json.length() > 0) {
                    json.append(',');
                }
                append(json, segment, i);
            }
        }
        return new Piece(json.toString().getBytes(StandardCharsets.UTF_8), versionOf(segment), first);
    }
}
