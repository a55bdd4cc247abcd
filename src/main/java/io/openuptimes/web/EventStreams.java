package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.openuptimes.web.access.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event streams of one instance: keeps the log of what happened, after it has been applied to the board, and wakes
 * the streams up for it, a few times a second at most.
 */
public final class EventStreams {

    private static final long FLUSH_MILLIS = 50;
    private static final long TICK_MILLIS = 1_000;
    private static final int REST = 10;

    private final Vertx vertx;
    private final StatusBoard board;
    private final EntryJson entries;
    private final EventLog log = new EventLog();
    private final EventSubscriptions subscriptions = new EventSubscriptions();
    private final EventStream.Source forAll;
    private final EventStream.Source forPublic;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private long flushMillis = FLUSH_MILLIS;
    private boolean flushing;
    private @Nullable Long ticking;
    private boolean stopped;

    /**
     * @param board of the same instance
     * @param defaultInterval seconds, for services that set none
     */
    public EventStreams(Vertx vertx, StatusBoard board, int defaultInterval) {
        this.vertx = vertx;
        this.board = board;
        this.entries = new EntryJson(defaultInterval);
        EventChunks chunks = new EventChunks(log);
        forAll = new EventStream.Source(board, log, chunks, new EventSummary(board, true, System::nanoTime));
        forPublic = new EventStream.Source(board, log, chunks, new EventSummary(board, false, System::nanoTime));
    }

    /** What the streams of an audience share. */
    EventStream.Source source(boolean withHidden) {
        return withHidden ? forAll : forPublic;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Takes a stream over. */
    void add(EventStream stream, Set<String> ids, Set<String> names) {
        streams.add(stream);
        subscriptions.add(stream, ids, names);
        if (ticking == null) {
            ticking = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        }
    }

    /** Lets go of a stream that has ended. */
    void remove(EventStream stream) {
        streams.remove(stream);
        subscriptions.remove(stream);
        Long timer = ticking;
        if (streams.isEmpty() && timer != null) {
            vertx.cancelTimer(timer);
            ticking = null;
        }
    }

    /**
     * The board was loaded.
     *
     * @param different whether what it says now was not told by any event
     */
    void loaded(boolean different) {
        EventId upTo = board.upTo();
        if (different && upTo != null) {
            log.restart(upTo);
            wake();
        }
    }

    /** Results are on the board. */
    void changed(StatusChanged event) {
        for (Transition transition : event.transitions()) {
            BoardEntry entry = board.findById(transition.serviceId());
            if (entry != null && !entry.service().paused()) {
                append(EventItem.transition(event.id(), transition, entry.service(), entry.status(), entries));
            }
        }
        if (!subscriptions.isEmpty()) {
            event.statuses().forEach(this::result);
        }
    }

    private void result(ServiceStatus status) {
        BoardEntry entry = board.findById(status.serviceId());
        if (entry == null || entry.status().lastChecked() != status.lastChecked()) {
            return;
        }
        Service service = entry.service();
        Buffer[] rendered = new Buffer[2];
        for (EventStream stream : subscriptions.of(service)) {
            int audience = stream.withHidden() ? 1 : 0;
            if (rendered[audience] == null) {
                rendered[audience] = EventChunks.bytes(EventItem.result(service, status, stream.withHidden(), entries));
            }
            if (stream.withHidden() || service.visible()) {
                stream.result(rendered[audience]);
                wake();
            }
        }
    }

    /**
     * A service is on the board, new or changed.
     *
     * @param wasVisible whether callers without a key saw it before
     */
    void saved(EventId id, BoardEntry entry, boolean wasVisible) {
        if (wasVisible && !entry.service().visible()) {
            log.conceal(entry.service().id());
        }
        append(EventItem.saved(id, entry.service(), entry.status(), wasVisible, entries));
    }

    /** A service is off the board. */
    void removed(EventId id, Service service) {
        append(EventItem.removed(id, service));
    }

    private void append(EventItem item) {
        if (board.isLoaded()) { // what comes earlier is in what is loaded
            log.append(item);
            wake();
        }
    }

    private void wake() {
        if (!flushing && !streams.isEmpty()) {
            flushing = true;
            vertx.setTimer(flushMillis, timer -> flush());
        }
    }

    private void flush() {
        flushing = false;
        long start = System.nanoTime();
        List.copyOf(streams).forEach(EventStream::pump);
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        flushMillis = Math.max(FLUSH_MILLIS, REST * cost); // with very many streams, less often
    }

    private void tick() {
        long now = System.nanoTime();
        List.copyOf(streams).forEach(stream -> stream.tick(now));
    }

    /** Ends the streams of those who are known by credentials of that kind. */
    void credentialsEnded(Caller.Kind kind) {
        List.copyOf(streams).stream().filter(stream -> stream.caller() == kind).forEach(EventStream::end);
    }

    /** Ends all, and takes no more. */
    void stop() {
        stopped = true;
        List.copyOf(streams).forEach(EventStream::end);
    }
}
