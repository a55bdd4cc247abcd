package io.openuptimes.store.events;

import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.CredentialsEnded;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Events;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.EventCodec.Entry;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Streams;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.services.ServiceStore;
import io.openuptimes.store.services.ServiceStore.Kept;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the event stream and publishes its entries in order.
 *
 * <p>The store publishes this process's own changes before it appends them. Changes by other nodes are published here
 * as if they had been made locally, and only then as events. The tail's current entry must still exist. If it does not,
 * entries are missing (trimmed, or Redis holds different data); the tail then appends an entry that makes everyone
 * reload everything. An id that anybody may have seen is therefore never at or before a gap.
 */
final class EventTail {

    private static final Logger log = LoggerFactory.getLogger(EventTail.class);

    /** Shorter than the command timeout. */
    private static final long BLOCK_MS = Link.COMMAND_TIMEOUT_MS * 2 / 5;

    private static final int MAX_ENTRIES = 1_000;
    private static final long RETRY_MS = 200;
    private static final long VERIFY_EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    private final Vertx vertx;
    private final Bus bus;
    private final Link link;
    private final EventCodec codec;
    private final EventAppender appender;
    private final ServiceStore services;
    private final Promise<Void> ready = Promise.promise();
    private @Nullable EventId position;
    private boolean verified;
    private long verifiedAt;
    /** Number of lost connections: an answer from before a loss says nothing about the data after it. */
    private int losses;

    private boolean running;
    private boolean closed;

    /**
     * @param links to the server to follow, over a connection of its own
     * @param services uses the same connection as this process's changes, so that a service read during a change is
     *     published before the change
     */
    EventTail(Vertx vertx, Bus bus, Links links, EventCodec codec, EventAppender appender, ServiceStore services) {
        this.vertx = vertx;
        this.bus = bus;
        this.link = links.to("event tail", this::connected, this::disconnected);
        this.codec = codec;
        this.appender = appender;
        this.services = services;
    }

    void open() {
        link.open();
    }

    /** Completes when everything that happens from then on will be published. */
    Future<Void> ready() {
        return ready.future();
    }

    private void disconnected() {
        verified = false;
        losses++;
    }

    private void connected() {
        if (!running) {
            run();
        }
    }

    private void run() {
        running = true;
        from().compose(this::read)
                .compose(answer -> publish(codec.entries(answer)))
                .onComplete(published -> {
                    running = false;
                    if (published.succeeded()) {
                        again();
                    } else {
                        failed(published.cause());
                    }
                });
    }

    private void again() {
        if (!closed && link.isUp() && !running) {
            run();
        }
    }

    private void failed(Throwable failure) {
        if (!closed && Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.error("cannot read events; trying again", failure);
        }
        vertx.setTimer(RETRY_MS, timer -> again());
    }

    /** The last entry read. */
    private Future<EventId> from() {
        EventId at = position;
        int lossesBefore = losses;
        if (at == null) {
            return appender.last().onSuccess(last -> {
                position = last;
                verified(lossesBefore);
                ready.tryComplete();
            });
        }
        if (verified && System.nanoTime() - verifiedAt < VERIFY_EVERY_NS) {
            return Future.succeededFuture(at);
        }
        return link.send(Request.cmd(Command.XRANGE)
                        .arg(Keys.EVENTS)
                        .arg(at.toString())
                        .arg(at.toString()))
                .compose(there -> there != null && there.size() > 0 ? Future.succeededFuture(at) : lost(at))
                .onSuccess(from -> verified(lossesBefore)); // only after everyone knows about the loss
    }

    /**
     * @param lossesBefore value of {@code losses} when the check began
     */
    private void verified(int lossesBefore) {
        verified = losses == lossesBefore;
        verifiedAt = System.nanoTime();
    }

    private Future<EventId> lost(EventId at) {
        return link.verify().compose(same -> appender.anew()).onSuccess(id -> {
            log.warn("event {} is gone from Redis, and with it maybe some that followed; loading everything again", at);
            position = id;
            bus.publish(
                    AccessMessage.CREDENTIALS_ENDED, new CredentialsEnded(true, true)); // may be among the lost entries
            bus.publish(EventMessage.EVENTS, new Events(List.of(new Event.Anew(id, false))));
            bus.publish(EventMessage.RELOAD, new Reload());
        });
    }

    private Future<@Nullable Response> read(EventId from) {
        return link.send(Request.cmd(Command.XREAD)
                        .arg("COUNT")
                        .arg(MAX_ENTRIES)
                        .arg("BLOCK")
                        .arg(BLOCK_MS)
                        .arg("STREAMS")
                        .arg(Keys.EVENTS)
                        .arg(from.toString()))
                .map(streams -> Streams.entries(streams, Keys.EVENTS));
    }

    private Future<Void> publish(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        Set<String> saved = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.Saved event) {
                saved.add(event.serviceId());
            }
        }
        return services.read(saved).map(kept -> {
            publish(entries, kept);
            position = entries.get(entries.size() - 1).id();
            if (entries.size() == MAX_ENTRIES) {
                verified = false; // lagging, possibly beyond what the stream keeps
            }
            return null;
        });
    }

    private void publish(List<Entry> entries, Map<String, Kept> kept) {
        List<Event> events = new ArrayList<>(entries.size());
        boolean loadAnew = false;
        for (Entry entry : entries) {
            CredentialsEnded ended = entry.ended();
            if (ended != null && !entry.own()) {
                bus.publish(AccessMessage.CREDENTIALS_ENDED, ended);
            }
            Event event = withService(entry.event(), kept);
            if (event == null) {
                continue;
            }
            events.add(event);
            if (!entry.own()) {
                publishAsOurs(event, kept);
                loadAnew |= event instanceof Event.Anew;
            }
        }
        if (!events.isEmpty()) {
            bus.publish(EventMessage.EVENTS, new Events(events));
        }
        if (loadAnew) {
            bus.publish(EventMessage.RELOAD, new Reload());
        }
    }

    private static @Nullable Event withService(@Nullable Event event, Map<String, Kept> kept) {
        if (event instanceof Event.Saved saved) {
            Kept now = kept.get(saved.serviceId());
            return new Event.Saved(
                    saved.id(),
                    saved.serviceId(),
                    saved.visible(),
                    saved.wasVisible(),
                    saved.publicNameBefore(),
                    saved.left(),
                    now == null ? null : now.service(),
                    now == null ? null : now.status());
        }
        return event;
    }

    private void publishAsOurs(Event event, Map<String, Kept> kept) {
        if (event instanceof Event.Saved saved && saved.service() != null) {
            Service service = saved.service();
            bus.publish(EventMessage.SERVICE_SAVED, new ServiceSaved(service, null, saved.status(), true));
            Kept now = kept.get(service.id());
            if (now != null && !now.located().isEmpty()) {
                bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(now.located()));
            }
        } else if (event instanceof Event.Removed removed) {
            bus.publish(EventMessage.SERVICE_REMOVED, new ServiceRemoved(removed.serviceId()));
        }
    }

    Future<Void> close() {
        closed = true;
        return link.close();
    }
}
