package io.openuptimes.store.events;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.NodeOutage;
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
 * Appends changes of services to the event stream after they have been written.
 *
 * <p>If Redis goes away in between, entries wait until it is back. If there are too many, readers are told to reload
 * everything instead.
 */
public final class EventAppender {

    /** Maximum number of services that one call may change; beyond it, readers are told to reload everything. */
    static final int MAX_SINGLE = 1_000;

    private static final int MAX_WAITING = 10_000;

    private final Link link;
    private final EventCodec codec;
    private final List<Request> waiting = new ArrayList<>();
    private @Nullable Future<EventId> beginning;
    private @Nullable Future<Void> flushing;
    private boolean refused;

    public EventAppender(Link link, EventCodec codec) {
        this.link = link;
        this.codec = codec;
    }

    /**
     * @param before the previous version; null if there was none
     * @return completes when the entry is appended or queued; never fails
     */
    Future<Void> saved(Service service, @Nullable Service before) {
        return append(List.of(codec.saved(service, before)));
    }

    /** Completes like {@link #saved}. */
    Future<Void> removed(Service service) {
        return append(List.of(codec.removed(service)));
    }

    /** Appends many changes and then many removals; completes like {@link #saved}. */
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
     * Reports that credentials have ended; completes like {@link #saved}.
     *
     * @param keys true for keys, false for sessions
     */
    public Future<Void> credentialsEnded(boolean keys) {
        return append(List.of(codec.credentialsEnded(keys)));
    }

    /**
     * Reports that an outage of this node's own network has begun or ended; completes like {@link #saved}.
     *
     * @param node name of this node
     */
    Future<Void> nodeTurned(String node, NodeOutage outage) {
        return append(List.of(codec.nodeTurned(node, outage)));
    }

    private Future<Void> append(List<Request> entries) {
        waiting.addAll(entries);
        if (waiting.size() > MAX_WAITING) {
            waiting.clear();
            waiting.add(codec.anew());
        }
        return flush();
    }

    /** Appends queued entries in order, one batch after the other, if Redis is available. */
    public Future<Void> flush() {
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
                waiting.addAll(0, entries); // may have been appended already; readers then see them twice
                refused = link.isUp();
            }
            return Future.succeededFuture();
        });
        flushing = sent.isComplete() ? null : sent;
        return sent;
    }

    /** Appends entries that Redis did not accept before, if it is available now. */
    public void retry() {
        if (refused) {
            refused = false;
            flush();
        }
    }

    /** The stream's last entry: everything stored up to it can be read. There is always one. */
    public Future<EventId> last() {
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
        beginning = last; // concurrent callers share the new beginning
        last.onComplete(known -> beginning = null);
        return last;
    }

    /** Appends an entry that makes every reader reload everything. */
    Future<EventId> anew() {
        return link.send(codec.anew()).compose(id -> {
            if (id == null) {
                return Future.failedFuture(new IllegalStateException("XADD answered nothing"));
            }
            return Future.succeededFuture(Streams.id(id));
        });
    }
}
