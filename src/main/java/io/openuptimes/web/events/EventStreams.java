package io.openuptimes.web.events;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardListener;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.ProvisionalChange;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The event streams of one instance. Appends events to the log after they have been applied to the board, and wakes the
 * streams at most a few times a second.
 */
public final class EventStreams implements BoardListener {

    private static final long FLUSH_MILLIS = 50;
    private static final long TICK_MILLIS = 1_000;
    private static final int REST = 10;

    private final Vertx vertx;
    private final StatusBoard board;
    private final EntryJson entries;
    private final EventLog log = new EventLog(System::currentTimeMillis);
    private final EventSubscriptions subscriptions = new EventSubscriptions();
    private final EventChunks chunks;
    private final StreamMetrics metrics;
    /** By audience; entries for callers limited by labels are removed with their last stream. */
    private final Map<Sight, EventStream.Source> sources = new HashMap<>();

    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private long flushMillis = FLUSH_MILLIS;
    private boolean flushing;
    private @Nullable Long ticking;
    private boolean stopped;

    /**
     * @param board of the same instance
     * @param defaultInterval in seconds, for services without their own
     * @param metrics shared by all instances
     */
    public EventStreams(Vertx vertx, StatusBoard board, int defaultInterval, StreamMetrics metrics) {
        this.vertx = vertx;
        this.board = board;
        this.entries = new EntryJson(defaultInterval);
        this.metrics = metrics;
        this.chunks = new EventChunks(log);
    }

    /**
     * The source shared by an audience's streams.
     *
     * @param confined counts the services of a caller limited by labels
     */
    public EventStream.Source source(Sight sight, Supplier<Future<Counts>> confined) {
        EventStream.Source known = sources.get(sight);
        if (known != null) {
            return known;
        }
        EventStream.Source source = sight.isConfined() ? confined(confined) : shared(sight.withHidden());
        sources.put(sight, source);
        return source;
    }

    private EventStream.Source shared(boolean withHidden) {
        EventSummary summary = new EventSummary(board, () -> board.counts(withHidden), System::nanoTime);
        return new EventStream.Source(board, log, chunks, summary, metrics);
    }

    private EventStream.Source confined(Supplier<Future<Counts>> count) {
        EventSummary[] summary = new EventSummary[1];
        ConfinedCounts counts = new ConfinedCounts(board, count, () -> {
            summary[0].outdate();
            wake();
        });
        summary[0] = new EventSummary(board, counts, System::nanoTime);
        return new EventStream.Source(board, log, new EventChunks(log), summary[0], metrics);
    }

    public boolean isStopped() {
        return stopped;
    }

    /** Registers a stream. */
    public void add(EventStream stream, Set<String> ids, Set<String> names) {
        streams.add(stream);
        subscriptions.add(stream, ids, names);
        if (ticking == null) {
            ticking = vertx.setPeriodic(TICK_MILLIS, timer -> tick());
        }
    }

    /** Unregisters a stream that has ended. */
    public void remove(EventStream stream) {
        streams.remove(stream);
        subscriptions.remove(stream);
        Sight sight = stream.sight();
        if (sight.isConfined()
                && streams.stream().noneMatch(other -> other.sight().equals(sight))) {
            sources.remove(sight);
        }
        Long timer = ticking;
        if (streams.isEmpty() && timer != null) {
            vertx.cancelTimer(timer);
            ticking = null;
        }
    }

    /**
     * The changes since an earlier response or event.
     *
     * @param since null if the caller's position is invalid
     * @param limit maximum number of services
     */
    public ChangesSince since(@Nullable BoardPoint since, ChangeFilter filter, Sight sight, int limit) {
        return new ChangesSince(board, log, since, filter, sight, limit);
    }

    /** Whether the log has a transition after the event that the audience can see, optionally of one service. */
    public boolean hasTurned(EventId since, Sight sight, @Nullable String serviceId) {
        for (long place = log.end() - 1; place >= log.first(); place--) {
            EventItem item = log.get(place);
            if (!item.id().isAfter(since)) {
                return false;
            }
            if (item.isStoredTransition()
                    && item.isFor(sight)
                    && (serviceId == null || serviceId.equals(item.serviceId()))) {
                return true;
            }
        }
        return false;
    }

    /** Registers a long-polling request, for at most the given time. */
    public void hold(Waiting request, long millis) {
        waiting.add(request);
        request.begin(millis);
    }

    /** Unregisters a request that no longer waits. */
    public void release(Waiting request) {
        waiting.remove(request);
    }

    @Override
    public int wantsPast() {
        return log.isOpen() ? 0 : EventLog.CAPACITY;
    }

    @Override
    public void begin(PastEvents past) {
        log.restart(past.after());
        new EventPast(board, entries).items(past.events()).forEach(log::append);
    }

    @Override
    public void restart() {
        EventId upTo = board.progress().upTo();
        if (upTo != null) {
            log.restart(upTo);
            wake();
        }
    }

    @Override
    public void happened(Event event) {
        if (event instanceof Event.Turned turned) {
            BoardEntry entry = board.findById(turned.transition().serviceId());
            if (entry != null && !entry.service().paused()) {
                Service service = entry.service();
                boolean open = service.visible() && turned.visibility() != Event.Visibility.HIDDEN;
                append(EventItem.transition(turned, service, open, entries));
            }
        } else if (event instanceof Event.Saved saved) {
            saved(saved);
        } else if (event instanceof Event.Removed removed) {
            append(EventItem.removed(removed));
        } else if (event instanceof Event.NodeTurned node) {
            append(EventItem.node(node));
        }
    }

    private void saved(Event.Saved event) {
        Service service = event.service();
        ServiceStatus status = event.status();
        if (service != null && status != null) {
            if (event.wasVisible() && !service.visible()) {
                log.conceal(Set.of(service.id()));
            }
            append(EventItem.saved(event, service, status, entries));
        } else if (EventItem.disappeared(event)) {
            append(EventItem.hidden(event));
        }
    }

    @Override
    public void aged() {
        wake();
    }

    @Override
    public void hidden(Set<String> serviceIds) {
        log.conceal(serviceIds);
    }

    @Override
    public void announced(List<ProvisionalChange> changes) {
        for (ProvisionalChange change : changes) {
            EventId last = log.last();
            if (last != null && !change.service().paused()) {
                log.appendProvisional(EventItem.provisional(last, change, entries));
            }
        }
        wake();
    }

    @Override
    public void checked(List<ServiceStatus> statuses) {
        if (!subscriptions.isEmpty()) {
            statuses.forEach(this::result);
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
            boolean withHidden = stream.sight().withHidden();
            int audience = withHidden ? 1 : 0;
            if (rendered[audience] == null) {
                rendered[audience] = EventChunks.bytes(EventItem.result(entry, withHidden, entries));
            }
            if (stream.sight().sees(service)) {
                stream.result(rendered[audience]);
                wake();
            }
        }
    }

    private void append(EventItem item) {
        log.append(item);
        wake();
    }

    private void wake() {
        if (!flushing && !(streams.isEmpty() && waiting.isEmpty())) {
            flushing = true;
            vertx.setTimer(flushMillis, timer -> flush());
        }
    }

    private void flush() {
        flushing = false;
        long start = System.nanoTime();
        List.copyOf(streams).forEach(EventStream::pump);
        List.copyOf(waiting).forEach(Waiting::wake);
        long cost = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        flushMillis = Math.max(FLUSH_MILLIS, REST * cost); // less often if there are very many streams
    }

    private void tick() {
        long now = System.nanoTime();
        long time = System.currentTimeMillis();
        for (EventStream stream : List.copyOf(streams)) {
            if (stream.caller().limits().isExpired(time)) {
                stream.end(StreamEnd.CREDENTIALS);
            } else {
                stream.tick(now);
            }
        }
    }

    /** Ends the streams of all callers with this kind of credential, and answers their waiting requests. */
    public void credentialsEnded(Caller.Kind kind) {
        List.copyOf(streams).stream()
                .filter(stream -> stream.caller().kind() == kind)
                .forEach(stream -> stream.end(StreamEnd.CREDENTIALS));
        List.copyOf(waiting).stream()
                .filter(request -> request.caller() == kind)
                .forEach(Waiting::finish);
    }

    /** Ends all streams, answers all waiting requests, and marks this instance as stopped. */
    public void stop() {
        stopped = true;
        List.copyOf(streams).forEach(stream -> stream.end(StreamEnd.STOPPING));
        List.copyOf(waiting).forEach(Waiting::finish);
    }
}
