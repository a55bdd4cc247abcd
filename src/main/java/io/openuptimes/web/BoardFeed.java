package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link StatusBoard} like the store: loads it, and applies what the store publishes.
 *
 * <p>It listens before it loads. What is published while a load is under way is applied to the board as it is and,
 * because the load may have read before it, once more to the board that the load brings; each change says how
 * something is now, so that the second time does no harm.
 */
final class BoardFeed {

    private static final Logger log = LoggerFactory.getLogger(BoardFeed.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 1_000;

    private final Vertx vertx;
    private final Bus bus;
    private final StatusBoard board;
    private final EventStreams streams;
    private final Promise<Void> loadedOnce = Promise.promise();
    private @Nullable List<Runnable> sinceLoad;
    private boolean again;
    /** The store has said whether it is in reach, since we listen. */
    private boolean told;

    private boolean stopped;

    /**
     * @param streams told of everything that is on the board
     */
    BoardFeed(Vertx vertx, Bus bus, StatusBoard board, EventStreams streams) {
        this.vertx = vertx;
        this.bus = bus;
        this.board = board;
        this.streams = streams;
    }

    /**
     * Succeeds when the board is loaded or, where the store is not in reach yet, after a second: then a 503 is a better
     * answer than none. It goes on on the event loop that it was started on.
     */
    Future<Void> start() {
        Future<Void> listening = Future.all(
                        bus.listen(Addresses.STATUS_CHANGED, this::changed),
                        bus.listen(Addresses.SERVICE_SAVED, this::saved),
                        bus.listen(Addresses.SERVICE_REMOVED, this::removed),
                        bus.listen(Addresses.STORE_REACHABLE, this::reachable))
                .mapEmpty();
        return listening.compose(ok -> {
            load();
            // by a timer of this event loop: the future's own timeout would go on on a thread of nobody's, and all that
            // follows with it
            vertx.setTimer(PATIENCE_MILLIS, timer -> loadedOnce.tryComplete());
            return loadedOnce.future();
        });
    }

    void stop() {
        stopped = true;
    }

    private void changed(StatusChanged event) {
        apply(() -> board.update(event.statuses()), event.id());
        streams.changed(event);
    }

    private void saved(ServiceSaved event) {
        BoardEntry before = board.findById(event.service().id());
        boolean wasVisible = before != null && before.service().visible();
        ServiceStatus status = event.status();
        apply(
                () -> {
                    board.save(event.service());
                    if (status != null) {
                        board.update(List.of(status));
                    }
                },
                event.id());
        BoardEntry saved = board.findById(event.service().id());
        if (saved != null) {
            streams.saved(event.id(), saved, wasVisible);
        }
    }

    private void removed(ServiceRemoved event) {
        BoardEntry before = board.findById(event.serviceId());
        apply(() -> board.remove(event.serviceId()), event.id());
        if (before != null) {
            streams.removed(event.id(), before.service());
        }
    }

    private void apply(Runnable change, EventId id) {
        change.run();
        board.upTo(id);
        if (sinceLoad != null) {
            sinceLoad.add(change);
        }
    }

    private void reachable(StoreReachable event) {
        told = true;
        board.storeReachable(event.reachable());
        if (!event.reachable()) {
            return;
        }
        if (sinceLoad == null) {
            load();
        } else {
            again = true; // the load under way may be of before
        }
    }

    private void load() {
        List<Runnable> changes = new ArrayList<>();
        sinceLoad = changes;
        again = false;
        bus.request(Addresses.LOAD_ALL, new LoadAll()).onComplete(loaded -> {
            sinceLoad = null;
            if (loaded.succeeded()) {
                replace(loaded.result(), changes);
            } else {
                retry(loaded.cause());
            }
            if (again) {
                load();
            }
        });
    }

    private void replace(All all, List<Runnable> changes) {
        List<BoardEntry> before = board.isLoaded() ? board.entries() : null;
        board.load(all.services(), all.statuses());
        board.upTo(all.upTo());
        if (!told) {
            board.storeReachable(true);
        }
        changes.forEach(Runnable::run);
        // where nothing is different, as after most absences of the store, nobody needs to load everything again
        streams.loaded(before == null || !board.isAsBefore(before));
        loadedOnce.tryComplete();
    }

    private void retry(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.warn("the services could not be loaded: {}", failure.getMessage());
        }
        if (!stopped) {
            vertx.setTimer(RETRY_MILLIS, timer -> {
                if (sinceLoad == null && !stopped) {
                    load();
                }
            });
        }
    }
}
