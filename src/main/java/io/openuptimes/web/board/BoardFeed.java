package io.openuptimes.web.board;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.Events;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.bus.StoreMessage.ReadEvents;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link StatusBoard} in sync with the store: loads it, then applies the store's published changes.
 *
 * <p>It subscribes before it loads. Changes published during a load are applied to the current board and again to the
 * loaded one, because the load may have read older data. Each change carries the complete new state, so applying it
 * twice is harmless.
 */
public final class BoardFeed {

    private static final Logger log = LoggerFactory.getLogger(BoardFeed.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 1_000;
    private static final long SWEEP_MILLIS = 250;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Vertx vertx;
    private final Bus bus;
    private final StatusBoard board;
    private final BoardListener listener;
    private final BulkChanges bulks;
    private final Promise<Void> loadedOnce = Promise.promise();
    private @Nullable List<Runnable> sinceLoad;
    private boolean again;
    /** Events from before the board was loaded, in order. */
    private final List<Event> early = new ArrayList<>();
    /** The board may differ from what events reported; a load will follow. */
    private boolean anew;
    /** Whether the store has reported its reachability since the subscription. */
    private boolean told;

    private boolean stopped;
    /** The stale set that the listener last heard of. */
    private @Nullable StaleMark aged;

    /**
     * @param listener notified of all changes to the board
     */
    public BoardFeed(Vertx vertx, Bus bus, StatusBoard board, BoardListener listener) {
        this.vertx = vertx;
        this.bus = bus;
        this.board = board;
        this.listener = listener;
        this.bulks = new BulkChanges(vertx, board);
    }

    /**
     * Succeeds once the board is loaded, or after a second if the store is not reachable yet, because a 503 is better
     * than no answer. Completes on the caller's event loop.
     */
    public Future<Void> start() {
        Future<Void> listening = Future.all(List.of(
                        bus.listen(Addresses.STATUS_CHANGED, this::changed),
                        bus.listen(Addresses.CERTIFICATES, this::certified),
                        bus.listen(Addresses.SERVICE_SAVED, this::saved),
                        bus.listen(Addresses.SERVICE_REMOVED, this::removed),
                        bus.listen(Addresses.SERVICES_CHANGED, this::changedMany),
                        bus.listen(Addresses.EVENTS, this::happened),
                        bus.listen(Addresses.STORE_REACHABLE, this::reachable),
                        bus.listen(Addresses.RELOAD, event -> reload())))
                .mapEmpty();
        return listening.compose(ok -> {
            load();
            vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
            // use a timer of this event loop: Future.timeout would complete, and run everything that follows,
            // on another thread
            vertx.setTimer(PATIENCE_MILLIS, timer -> loadedOnce.tryComplete());
            return loadedOnce.future();
        });
    }

    public void stop() {
        stopped = true;
    }

    private void sweep() {
        board.sweep(System.nanoTime() + SWEEP_NANOS);
        StaleMark now = board.staleLog().mark();
        if (!Objects.equals(now, aged)) {
            aged = now;
            listener.aged();
        }
    }

    private void changed(StatusChanged event) {
        Runnable change = () -> board.update(event.statuses());
        apply(change);
        bulks.again(change);
        listener.changed(event);
    }

    private void certified(CertificatesChanged event) {
        Runnable change = () -> board.certificates(event.seen());
        apply(change);
        bulks.again(change);
    }

    private void saved(ServiceSaved event) {
        ServiceStatus status = event.status();
        bulks.overtake(event.service().id());
        boolean wasVisible = isShown(event.service().id());
        apply(() -> {
            board.save(event.service());
            if (status != null) {
                board.update(List.of(status));
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
        apply(() -> board.remove(event.serviceId()));
    }

    private void apply(Runnable change) {
        change.run();
        if (sinceLoad != null) {
            sinceLoad.add(change);
        }
    }

    private void changedMany(ServicesChanged event) {
        apply(() -> board.coming(bulks.add(event.saved(), event.renamed(), event.removedIds())));
        if (!event.hiddenIds().isEmpty()) {
            listener.hidden(event.hiddenIds());
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
            Runnable change = () -> board.update(List.of(turned.status()));
            apply(change);
            bulks.again(change);
        }
        board.upTo(event.id());
        if (event instanceof Event.Anew mark) {
            if (mark.told()) {
                listener.restart();
            } else {
                anew = true;
            }
        } else {
            listener.happened(event);
        }
    }

    private void reachable(StoreReachable event) {
        told = true;
        board.storeReachable(event.reachable());
    }

    private void reload() {
        if (sinceLoad == null) {
            load();
        } else {
            again = true; // the running load may have read older data
        }
    }

    private void load() {
        List<Runnable> changes = new ArrayList<>();
        sinceLoad = changes;
        again = false;
        boolean restart = anew;
        anew = false;
        // read the events first, so that the loaded board contains everything they report
        past().compose(past -> bus.request(Addresses.LOAD_ALL, new LoadAll()).compose(all -> made(all)
                        .onSuccess(contents -> replace(all, contents, changes, past, restart))))
                .onComplete(loaded -> {
                    sinceLoad = null;
                    if (loaded.failed()) {
                        anew |= restart;
                        warn(loaded.cause());
                    }
                    if (again) {
                        load();
                    } else if (loaded.failed()) {
                        retry();
                    }
                });
    }

    /**
     * Null if the listener does not need them. After a failure, clients that resume from an earlier event reload
     * everything.
     */
    private Future<@Nullable PastEvents> past() {
        int wanted = listener.wantsPast();
        return wanted == 0
                ? Future.succeededFuture()
                : bus.request(Addresses.READ_EVENTS, new ReadEvents(wanted))
                        .recover(failure -> Failures.codeOf(failure) == Failures.STORE_UNREACHABLE
                                ? Future.failedFuture(failure)
                                : Future.succeededFuture());
    }

    /**
     * Large boards are sorted and counted on a worker thread; until that is done, the board answers with its old
     * contents.
     */
    private Future<Contents> made(All all) {
        StaleRule rule = board.rule();
        long now = board.now();
        return all.services().size() <= StatusBoard.SMALL
                ? Future.succeededFuture(contents(all, rule, now))
                : vertx.executeBlocking(() -> contents(all, rule, now), false);
    }

    private static Contents contents(All all, StaleRule rule, long now) {
        return Contents.of(all.services(), all.statuses(), all.certificates(), rule, now);
    }

    private void replace(All all, Contents made, List<Runnable> changes, @Nullable PastEvents past, boolean restart) {
        Contents before = board.isLoaded() ? board.contents() : null;
        board.load(made);
        board.upTo(all.upTo());
        if (!told) {
            board.storeReachable(true);
        }
        changes.forEach(Runnable::run);
        if (past != null) {
            listener.begin(past);
        } else if (restart || before == null) {
            listener.restart();
        } else {
            // usually nothing has changed after a store outage, so that clients need not reload everything
            Difference difference = new Difference(before, board);
            board.slices().run(vertx, difference).onSuccess(done -> {
                if (difference.isFound()) {
                    listener.restart();
                }
            });
        }
        early.forEach(this::happened);
        early.clear();
        loadedOnce.tryComplete();
    }

    private static void warn(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.warn("cannot load the services: {}; trying again", failure.getMessage());
        }
    }

    private void retry() {
        if (!stopped) {
            vertx.setTimer(RETRY_MILLIS, timer -> {
                if (sinceLoad == null && !stopped) {
                    load();
                }
            });
        }
    }
}
