package io.openuptimes.store;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Streams;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.ServiceStore.Change;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the stream of events what happens to services, after it is written.
 *
 * <p>What cannot be appended, because Redis goes away in between, waits until it is back. If that is much, readers are
 * told to load everything again instead.
 */
final class EventAppender {

    /** Services that one call may change before readers are told to load everything again. */
    static final int MAX_SINGLE = 1_000;

    private static final int MAX_WAITING = 10_000;

    private final Link link;
    private final EventCodec codec;
    private final List<Request> waiting = new ArrayList<>();
    private @Nullable Future<EventId> beginning;
    private @Nullable Future<Void> flushing;
    private boolean refused;

    EventAppender(Link link, EventCodec codec) {
        this.link = link;
        this.codec = codec;
    }

    /**
     * @param before as it was; null if it was not there
     * @return ends when it is appended, or waits to be; never fails
     */
    Future<Void> saved(Service service, @Nullable Service before) {
        return append(List.of(codec.saved(service, before)));
    }

    /** Likewise. */
    Future<Void> removed(Service service) {
        return append(List.of(codec.removed(service)));
    }

    /** Likewise, for many at once that have been changed or removed, in this order. */
    Future<Void> changed(Collection<Change> saved, Collection<Service> removed) {
        if (saved.size() + removed.size() > MAX_SINGLE) {
            return append(List.of(codec.anew()));
        }
        List<Request> entries = new ArrayList<>();
        saved.forEach(change -> entries.add(codec.saved(change.now(), change.before())));
        removed.forEach(service -> entries.add(codec.removed(service)));
        return append(entries);
    }

    /**
     * Likewise, when keys or sessions have ended.
     *
     * @param keys whether it is keys; else sessions
     */
    Future<Void> credentialsEnded(boolean keys) {
        return append(List.of(codec.credentialsEnded(keys)));
    }

    private Future<Void> append(List<Request> entries) {
        waiting.addAll(entries);
        if (waiting.size() > MAX_WAITING) {
            waiting.clear();
            waiting.add(codec.anew());
        }
        return flush();
    }

    /** Appends what waits, if Redis is there: one batch after the other, in the order in which it came. */
    Future<Void> flush() {
        Future<Void> underWay = flushing;
        if (underWay != null) {
            return underWay.compose(flushed -> flush());
        }
        if (waiting.isEmpty() || !link.isUp()) {
            return Future.succeededFuture();
        }
        List<Request> entries = List.copyOf(waiting);
        waiting.clear();
        Future<Void> sent = link.batch(entries).transform(appended -> {
            flushing = null;
            if (appended.failed()) {
                waiting.addAll(0, entries); // maybe appended all the same: then it is told twice
                refused = link.isUp();
            }
            return Future.succeededFuture();
        });
        flushing = sent.isComplete() ? null : sent;
        return sent;
    }

    /** Appends what Redis, which is there, has not taken before. */
    void retry() {
        if (refused) {
            refused = false;
            flush();
        }
    }

    /** The stream's last entry: whatever is stored up to here can be read. There always is one. */
    Future<EventId> last() {
        Future<EventId> begun = beginning;
        if (begun != null) {
            return begun;
        }
        Future<EventId> last = link.send(Request.cmd(Command.XREVRANGE)
                        .arg(Keys.EVENTS)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .compose(newest -> newest == null || newest.size() == 0
                        ? anew() // with an id that nobody can know, whatever there was before
                        : Future.succeededFuture(Streams.id(newest.get(0).get(0))));
        beginning = last; // who asks meanwhile does not begin a second time
        last.onComplete(known -> beginning = null);
        return last;
    }

    /** Appends an entry that makes every reader load everything again. */
    Future<EventId> anew() {
        return link.send(codec.anew()).compose(id -> {
            if (id == null) {
                return Future.failedFuture(new IllegalStateException("XADD answered nothing"));
            }
            return Future.succeededFuture(Streams.id(id));
        });
    }
}
