package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Status;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.OverallJson;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.ChangeFilter;
import io.openuptimes.web.events.Changes;
import io.openuptimes.web.events.ChangesSince;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.events.Waiting;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.FairShares;
import io.openuptimes.web.http.JsonText;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.ListAnswer;
import io.openuptimes.web.list.ListPage;
import io.openuptimes.web.list.ListQuery;
import io.openuptimes.web.list.Lists;
import io.openuptimes.web.list.SortKey;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lists with {@code since}: only the changes after an earlier answer, immediately or as soon as there are any. */
final class ChangesAnswers {

    private static final int MAX_WAIT_SECONDS = 60;
    private static final int DEFAULT_LIMIT = 100;

    /** Parameters of such a list, in addition to the filters. */
    static final List<String> PARAMETERS = List.of("since", "wait");

    /**
     * The form of such a list.
     *
     * @param disclosure how much of a URL the search may match
     * @param entry writes a service
     */
    record Form(Disclosure disclosure, BiConsumer<StringBuilder, BoardEntry> entry) {}

    private final StatusBoard board;
    private final Lists lists;
    private final EventStreams streams;
    private final Access access;

    ChangesAnswers(StatusBoard board, Lists lists, EventStreams streams, Access access) {
        this.board = board;
        this.lists = lists;
        this.streams = streams;
        this.access = access;
    }

    /**
     * Answers the request if it asks for changes.
     *
     * @param list the caller's filters; null for none
     * @return whether the request is answered, now or later
     */
    boolean take(RoutingContext context, @Nullable ListQuery list, Form form) {
        Query query = Query.of(context);
        if (!query.has("since")) {
            if (query.has("wait")) {
                throw Errors.invalid("wait", "requires since");
            }
            return false;
        }
        answer(context, list, form);
        return true;
    }

    /**
     * Answers with changes.
     *
     * @param list the caller's filters; null for none
     */
    void answer(RoutingContext context, @Nullable ListQuery list, Form form) {
        Query query = Query.of(context);
        String since = query.text("since");
        if (since == null) {
            throw Errors.invalid("since", "is required");
        }
        if (list != null) {
            refuseOfPages(query, list);
        }
        long wait = waitMillis(context, query);
        Sight sight = Access.caller(context).sight();
        ChangesSince changes = streams.since(
                BoardPoint.parse(since),
                list == null ? ChangeFilter.ALL : filter(list, sight.withHidden(), form.disclosure()),
                sight,
                list == null ? DEFAULT_LIMIT : list.limit());
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE);
        holdUntil(context, wait, changes::isAny, () -> lists.counts(sight)
                .onSuccess(counts -> ListAnswer.send(context, json(changes.read(), counts, form.entry())))
                .onFailure(context::fail));
    }

    /** Explicit default values are accepted, because they do not change the list. */
    private static void refuseOfPages(Query query, ListQuery list) {
        refuseWithSince("cursor", query.has("cursor"));
        refuseWithSince("offset", list.offset() > 0);
        refuseWithSince("sort", list.sort() != SortKey.NAME || list.descending());
        refuseWithSince("include", list.withGroups() || list.withLabels());
    }

    private static void refuseWithSince(String name, boolean given) {
        if (given) {
            throw Errors.invalid(name, "cannot be combined with since");
        }
    }

    /** The {@code wait} parameter in milliseconds; 0 for no wait, and for HEAD. */
    static long waitMillis(RoutingContext context, Query query) {
        long seconds = query.whole("wait", 0, 1, MAX_WAIT_SECONDS);
        return context.request().method().equals(HttpMethod.HEAD) ? 0 : TimeUnit.SECONDS.toMillis(seconds);
    }

    /**
     * Answers when there is something to report, the wait is over, or the service stops.
     *
     * @param wait milliseconds at most; if too many requests already wait, the answer is a 429 or 503
     */
    void holdUntil(RoutingContext context, long wait, BooleanSupplier ready, Runnable answer) {
        if (wait == 0 || streams.isStopped() || ready.getAsBoolean()) {
            answer.run();
            return;
        }
        Caller caller = Access.caller(context);
        Runnable held = () ->
                Permission.confirm(context).onSuccess(good -> answer.run()).onFailure(context::fail);
        FairShares.Share share;
        try {
            share = access.allowances().takeStream(context);
        } catch (ApiException tooMany) {
            context.fail(tooMany.status(), tooMany);
            return;
        }
        Waiting request = new Waiting(context.vertx(), context.response(), caller.kind(), ready, held, ended -> {
            share.close();
            streams.release(ended);
        });
        streams.hold(request, wait);
        Context own = context.vertx().getOrCreateContext();
        share.onEvicted(() -> own.runOnContext(then -> request.evict()));
    }

    private static ChangeFilter filter(ListQuery list, boolean withHidden, Disclosure disclosure) {
        ListQuery anyState = list.inAnyState();
        return new ChangeFilter() {
            @Override
            public boolean matches(BoardEntry entry) {
                return ListPage.matches(entry, list, withHidden, disclosure);
            }

            @Override
            public boolean matched(BoardEntry entry, Status before) {
                return (list.states().isEmpty() || list.states().contains(Shown.of(before)))
                        && ListPage.matches(entry, anyState, withHidden, disclosure);
            }

            @Override
            public boolean mayMatch(BoardEntry entry) {
                return ListPage.matches(entry, anyState, withHidden, disclosure);
            }
        };
    }

    private String json(Changes changes, Counts counts, BiConsumer<StringBuilder, BoardEntry> entry) {
        StringBuilder json = new StringBuilder(500 + changes.changed().size() * 400);
        json.append('{');
        OverallJson.append(json, board, counts, changes.upTo());
        json.append(",\"reset\":").append(changes.reset());
        json.append(",\"more\":").append(changes.more());
        json.append(",\"services\":[");
        String separator = "";
        for (BoardEntry changed : changes.changed()) {
            entry.accept(json.append(separator), changed);
            separator = ",";
        }
        json.append("],\"removed\":[");
        separator = "";
        for (Changes.Gone gone : changes.gone()) {
            json.append(separator).append("{\"id\":");
            JsonText.quote(json, gone.id());
            json.append(",\"name\":");
            JsonText.quote(json, gone.name());
            json.append('}');
            separator = ",";
        }
        return json.append("]}").toString();
    }
}
