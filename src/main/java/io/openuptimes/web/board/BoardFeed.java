package io.openuptimes.web.board;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.bus.EventMessage.Events;
import io.openuptimes.bus.EventMessage.Judged;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.GetHeld;
import io.openuptimes.bus.NodeMessage.Held;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link StatusBoard} in sync with the store and with this node's checks: subscribes to their messages, then
 * loads the board.
 */
public final class BoardFeed {

    private static final long PATIENCE_MILLIS = 1_000;
    private static final long SWEEP_MILLIS = 250;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Vertx vertx;
    private final Bus bus;
    private final StatusBoard board;
    private final BoardListener listener;
    private final BulkChanges bulks;
    private final BoardLoads loads;
    private final Promise<Void> loadedOnce = Promise.promise();
    /** Events from before the board was loaded, in order. */
    private final List<Event> early = new ArrayList<>();
    /** The stale set that the listener last heard of. */
    private @Nullable StaleMark aged;

    /** Whether a {@code Held} message has arrived, which is newer than a pending answer to {@link GetHeld}. */
    private boolean heldKnown;

    /**
     * @param listener notified of all changes to the board
     */
    public BoardFeed(Vertx vertx, Bus bus, StatusBoard board, BoardListener listener) {
        this.vertx = vertx;
        this.bus = bus;
        this.board = board;
        this.listener = listener;
        this.bulks = new BulkChanges(vertx, board);
        this.loads = new BoardLoads(vertx, bus, board, listener, this::loaded);
    }

    /**
     * Succeeds once the board is loaded, or after a second if the store is not reachable yet, because a 503 is better
     * than no answer. Completes on the caller's event loop.
     */
    public Future<Void> start() {
        Future<Void> listening = Future.all(List.of(
                        bus.listen(EventMessage.JUDGED, this::judged),
                        bus.listen(EventMessage.CORRECTED, event -> corrected(event.corrections())),
                        bus.listen(EventMessage.STATUS_CHANGED, event -> stored(event.statuses())),
                        bus.listen(
                                EventMessage.CERTIFICATES,
                                event -> results(() -> board.results().certificates(event.seen()))),
                        bus.listen(EventMessage.SERVICE_SAVED, this::saved),
                        bus.listen(EventMessage.SERVICE_REMOVED, this::removed),
                        bus.listen(EventMessage.SERVICES_CHANGED, this::changedMany),
                        bus.listen(EventMessage.EVENTS, this::happened),
                        bus.listen(NodeMessage.HELD, this::held),
                        bus.listen(EventMessage.STORE_REACHABLE, loads::reachable),
                        bus.listen(EventMessage.RELOAD, event -> loads.reload())))
                .mapEmpty();
        return listening.compose(ok -> {
            askHeld();
            loads.load();
            vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
            // use a timer of this event loop: Future.timeout would complete, and run everything that follows,
            // on another thread
            vertx.setTimer(PATIENCE_MILLIS, timer -> loadedOnce.tryComplete());
            return loadedOnce.future();
        });
    }

    public void stop() {
        loads.stop();
    }

    private void sweep() {
        board.sweep(System.nanoTime() + SWEEP_NANOS);
        List<ProvisionalChange> due = board.results().announce(System.nanoTime() + SWEEP_NANOS);
        if (!due.isEmpty()) {
            listener.announced(due);
        }
        StaleMark now = board.staleLog().mark();
        if (!Objects.equals(now, aged)) {
            aged = now;
            listener.aged();
        }
    }

    private void judged(Judged event) {
        results(() -> {
            board.results().confirming(event.confirming());
            board.results().judged(event.statuses());
        });
        listener.checked(event.statuses());
    }

    private void corrected(List<Correction> corrections) {
        results(() -> board.results().corrected(corrections));
        listener.checked(corrections.stream().map(Correction::stored).toList());
    }

    private void stored(List<ServiceStatus> statuses) {
        results(() -> board.results().update(statuses));
        listener.checked(statuses);
    }

    private void saved(ServiceSaved event) {
        ServiceStatus status = event.status();
        bulks.overtake(event.service().id());
        boolean wasVisible = isShown(event.service().id());
        loads.apply(() -> {
            board.services().save(event.service());
            if (status != null) {
                board.results().update(List.of(status));
            }
        });
        if (wasVisible && !event.service().visible()) {
            listener.hidden(Set.of(event.service().id()));
        }
    }

    private boolean isShown(String serviceId) {
        BoardEntry entry = board.findById(serviceId);
        return entry != null && entry.service().visible();
    }

    private void removed(ServiceRemoved event) {
        bulks.overtake(event.serviceId());
        loads.apply(() -> board.services().remove(event.serviceId()));
    }

    private void changedMany(ServicesChanged event) {
        loads.apply(() -> board.progress().coming(bulks.add(event.saved(), event.renamed(), event.removedIds())));
        if (!event.hiddenIds().isEmpty()) {
            listener.hidden(event.hiddenIds());
        }
    }

    /** Applies results of checks, also to services that a pending bulk change adds. */
    private void results(Runnable change) {
        loads.apply(change);
        bulks.again(change);
        restartIfWithdrawn();
    }

    private void restartIfWithdrawn() {
        if (board.results().takeWithdrawn()) {
            listener.restart();
        }
    }

    /** Saved and removed services were already published by the messages above; status changes possibly not yet. */
    private void happened(Events message) {
        if (!board.isLoaded()) {
            early.addAll(message.events());
        } else {
            message.events().forEach(this::happened);
        }
    }

    private void happened(Event event) {
        if (event instanceof Event.Turned turned) {
            results(() -> board.results().update(List.of(turned.status())));
        }
        board.progress().upTo(event.id());
        if (event instanceof Event.Anew mark) {
            if (mark.told()) {
                listener.restart();
            } else {
                loads.reloadClients();
            }
        } else {
            listener.happened(event);
        }
    }

    private void loaded() {
        restartIfWithdrawn();
        early.forEach(this::happened);
        early.clear();
        loadedOnce.tryComplete();
    }

    /** Asks the checks, which may have published the held partitions before the subscription. */
    private void askHeld() {
        bus.request(NodeMessage.GET_HELD, new GetHeld()).onSuccess(held -> {
            if (!heldKnown) {
                held(held);
            }
        });
    }

    private void held(Held event) {
        heldKnown = true;
        board.outlook().held(event.partitions());
        if (!board.outlook().isStoreReachable()) {
            board.outlook().mark(vertx);
        }
    }
}
