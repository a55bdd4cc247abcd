package io.openuptimes.web.board;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.bus.StoreMessage.ReadEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a board from the store. One load runs at a time.
 *
 * <p>Changes published during a load are applied to the current board and again to the loaded one, because the load may
 * have read older data. Each change carries the complete new state, so applying it twice is harmless.
 */
final class BoardLoads {

    private static final Logger log = LoggerFactory.getLogger(BoardLoads.class);
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Bus bus;
    private final StatusBoard board;
    private final BoardListener listener;
    private final Runnable loaded;
    /** Changes since the running load began; null if none is running. */
    private @Nullable List<Runnable> sinceLoad;

    private boolean again;
    /** The board may differ from what events reported; a load will follow. */
    private boolean anew;
    /** Whether the store has reported its reachability since the subscription. */
    private boolean told;

    private boolean stopped;

    /**
     * @param loaded called after each load
     */
    BoardLoads(Vertx vertx, Bus bus, StatusBoard board, BoardListener listener, Runnable loaded) {
        this.vertx = vertx;
        this.bus = bus;
        this.board = board;
        this.listener = listener;
        this.loaded = loaded;
    }

    void stop() {
        stopped = true;
    }

    /** Applies a change now, and again after a running load. */
    void apply(Runnable change) {
        change.run();
        if (sinceLoad != null) {
            sinceLoad.add(change);
        }
    }

    /** The board may differ from what events reported: clients reload everything after the next load. */
    void reloadClients() {
        anew = true;
    }

    void reachable(StoreReachable event) {
        told = true;
        board.outlook().storeReachable(event.reachable());
        board.outlook().mark(vertx);
    }

    void reload() {
        if (sinceLoad == null) {
            load();
        } else {
            again = true; // the running load may have read older data
        }
    }

    void load() {
        List<Runnable> changes = new ArrayList<>();
        sinceLoad = changes;
        again = false;
        boolean restart = anew;
        anew = false;
        // read the events first, so that the loaded board contains everything they report
        past().compose(past -> bus.request(StoreMessage.LOAD_ALL, new LoadAll()).compose(all -> contents(all)
                        .onSuccess(contents -> replace(all, contents, changes, past, restart))))
                .onComplete(ended -> {
                    sinceLoad = null;
                    if (ended.failed()) {
                        anew |= restart;
                        warn(ended.cause());
                    }
                    if (again) {
                        load();
                    } else if (ended.failed()) {
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
                : bus.request(StoreMessage.READ_EVENTS, new ReadEvents(wanted))
                        .recover(failure -> Failures.codeOf(failure) == Failures.STORE_UNREACHABLE
                                ? Future.failedFuture(failure)
                                : Future.succeededFuture());
    }

    /**
     * Large boards are sorted and counted on a worker thread; until that is done, the board answers with its old
     * contents.
     */
    private Future<Contents> contents(All all) {
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
        board.progress().upTo(all.upTo());
        if (!told) {
            board.outlook().storeReachable(true);
        }
        changes.forEach(Runnable::run);
        if (!board.outlook().isStoreReachable()) {
            board.outlook().mark(vertx);
        }
        boolean restarts = past == null && (restart || before == null);
        if (past != null) {
            listener.begin(past);
        } else if (restarts) {
            listener.restart();
        }
        if (before != null) {
            compare(before, past == null && !restarts);
        }
        loaded.run();
    }

    /**
     * Keeps newer results of the former contents. After a store outage, usually nothing else has changed, and clients
     * need not reload everything.
     *
     * @param restarts whether clients reload if something has changed
     */
    private void compare(Contents before, boolean restarts) {
        Difference difference = new Difference(before, board);
        board.slices()
                .run(vertx, new KeptVerdicts(before, board))
                .compose(kept -> restarts ? board.slices().run(vertx, difference) : Future.succeededFuture())
                .onSuccess(done -> {
                    if (restarts && difference.isFound()) {
                        listener.restart();
                    }
                });
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
