package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.board.StatusPage;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.ListAnswer;
import io.openuptimes.web.list.ListQuery;
import io.openuptimes.web.list.Lists;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/status}, complete or in pages, and {@code GET /api/status/changes}. */
final class StatusHandler {

    /** The parameter that names services. */
    private static final String NAMES = "service";

    private final StatusBoard board;
    private final Lists lists;
    private final EntryJson entries;
    private final ChangesAnswers changes;

    StatusHandler(StatusBoard board, Lists lists, EntryJson entries, ChangesAnswers changes) {
        this.board = board;
        this.lists = lists;
        this.entries = entries;
        this.changes = changes;
    }

    static List<Endpoint> of(WebContext web) {
        return new StatusHandler(web.board(), web.lists(), web.entries(), web.changes()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("getStatus", HttpMethod.GET, "/api/status", this::status)
                        .taking(ListQuery.parameters(NAMES))
                        .taking(ChangesAnswers.PARAMETERS),
                Endpoint.open("getStatusChanges", HttpMethod.GET, "/api/status/changes", this::changes)
                        .taking(ChangesAnswers.PARAMETERS)
                        .taking(ListQuery.filters(NAMES)));
    }

    private void status(RoutingContext context) {
        SeenServices.requireLoaded(board);
        Sight sight = Access.caller(context).sight();
        boolean withHidden = sight.withHidden();
        if ((context.request().query() != null || sight.isConfined()) && list(context, withHidden)) {
            return;
        }
        if (board.size() <= StatusBoard.SMALL) {
            StatusPage page = board.answers().status(withHidden);
            WholeAnswers.send(context, page.current(), page.upTo(), CacheControl.NO_CACHE);
        } else {
            board.answers()
                    .longStatus(context.vertx(), withHidden)
                    .onSuccess(answer -> WholeAnswers.send(context, answer, CacheControl.NO_CACHE))
                    .onFailure(context::fail);
        }
    }

    /** Answers with a page or with changes, if the query asks for either. */
    private boolean list(RoutingContext context, boolean withHidden) {
        ListQuery query = query(context, withHidden);
        EntryJson shown = shown(query, withHidden);
        if (changes.take(context, query, form(query, shown, withHidden))) {
            return true;
        }
        if (query == null) {
            return false;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
        lists.page(query, withHidden, Disclosure.PUBLIC)
                .onSuccess(page -> {
                    context.response().putHeader(WholeAnswers.EVENT, String.valueOf(page.upTo()));
                    ListAnswer.send(context, ListAnswer.status(board, page, query, shown, withHidden));
                })
                .onFailure(context::fail);
        return true;
    }

    private void changes(RoutingContext context) {
        SeenServices.requireLoaded(board);
        boolean withHidden = Access.caller(context).sight().withHidden();
        ListQuery query = query(context, withHidden);
        changes.answer(context, query, form(query, shown(query, withHidden), withHidden));
    }

    private @Nullable ListQuery query(RoutingContext context, boolean withHidden) {
        ListQuery query = SeenServices.confined(
                context, board, ListQuery.parse(Query.of(context), NAMES, EntryJson.STATUS_FIELDS));
        if (query != null && !withHidden && query.isOfLabels()) {
            throw new ApiException(401, "label: requires an API key");
        }
        return query;
    }

    private EntryJson shown(@Nullable ListQuery query, boolean withHidden) {
        return entries.withDetails(withHidden && query != null && query.isOfOne());
    }

    private static ChangesAnswers.Form form(@Nullable ListQuery query, EntryJson shown, boolean withHidden) {
        Set<String> fields = query == null ? null : query.fields();
        return new ChangesAnswers.Form(
                Disclosure.PUBLIC, (json, entry) -> shown.append(json, entry, withHidden, fields));
    }
}
