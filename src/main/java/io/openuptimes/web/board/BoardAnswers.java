package io.openuptimes.web.board;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.http.Rendering;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/** The complete answers made from a board, each rendered once after a change, on request. */
public final class BoardAnswers {

    private final StatusBoard board;
    private final StatusPage all;
    private final StatusPage visible;
    private final LongAnswers longAll;
    private final LongAnswers longVisible;
    private final ServicesPages services;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    BoardAnswers(StatusBoard board, LongSupplier nanoTime) {
        this.board = board;
        all = new StatusPage(board, true, nanoTime);
        visible = new StatusPage(board, false, nanoTime);
        longAll = new LongStatus(board, true);
        longVisible = new LongStatus(board, false);
        services = new ServicesPages(board);
    }

    /** {@code GET /api/status} for a small board, with or without hidden services. */
    public StatusPage status(boolean withHidden) {
        return withHidden ? all : visible;
    }

    /** {@code GET /api/status} for a large board. */
    public Future<LongAnswer> longStatus(Vertx vertx, boolean withHidden) {
        if (!withHidden && board.counts(true).total() != board.counts(false).total()) {
            return longVisible.current(vertx);
        }
        // if nothing is hidden, both audiences share an answer, unless a service has just been hidden
        return longAll.current(vertx)
                .compose(answer -> withHidden || !answer.withHidden()
                        ? Future.succeededFuture(answer)
                        : longVisible.current(vertx));
    }

    /** {@code GET /api/services} for a small board. */
    public Rendering services(Disclosure disclosure) {
        return services.small(disclosure);
    }

    /** {@code GET /api/services} for a large board. */
    public Future<LongAnswer> longServices(Vertx vertx, Disclosure disclosure) {
        return services.large(vertx, disclosure);
    }

    /** Drops answers that nobody has requested recently. */
    void dropUnused() {
        longAll.dropUnused();
        longVisible.dropUnused();
        services.dropUnused();
    }
}
