package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.Query;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Changes all services that a query selects by {@code label} and {@code group}. */
final class MatchingServices {

    /** The parameters of such a query. */
    static final List<String> PARAMETERS = List.of("label", "group", "dryRun");

    private static final List<String> EACH_ITS_OWN = List.of("name", "id", "createdAt", "declared");

    private final Bus bus;
    private final StatusBoard board;

    MatchingServices(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.board = board;
    }

    void patch(RoutingContext context, Query query) {
        Matching which = which(context, query);
        boolean dryRun = query.flag("dryRun");
        Map<String, Object> fields = JsonBody.required(context);
        for (String own : EACH_ITS_OWN) {
            if (fields.containsKey(own)) {
                throw Errors.invalid(own, "is unique to each service and cannot be set for several at once");
            }
        }
        ServiceBody.validateChange(fields);
        fields.forEach(AuditNote.of(context)::field);
        bus.request(
                        BulkMessage.CHANGE_MATCHING,
                        new ChangeMatching(which, fields, dryRun, Access.authority(context)),
                        BulkMessage.TIMEOUT_MS)
                .compose(board.progress()::seen)
                .onSuccess(answer -> BulkJson.noted(context, answer, dryRun).send(context))
                .onFailure(context::fail);
    }

    void delete(RoutingContext context, Query query) {
        Matching which = which(context, query);
        boolean dryRun = query.flag("dryRun");
        bus.request(
                        BulkMessage.DELETE_MATCHING,
                        new DeleteMatching(which, dryRun, Access.authority(context)),
                        BulkMessage.TIMEOUT_MS)
                .compose(board.progress()::seen)
                .onSuccess(answer -> BulkJson.noted(context, answer, dryRun).send(context))
                .onFailure(context::fail);
    }

    private static Matching which(RoutingContext context, Query query) {
        Matching which = Matches.required(query);
        if (context.request().headers().contains(HttpHeaders.IF_MATCH)) {
            throw Errors.invalid("If-Match", "applies only to a single service, selected by name");
        }
        AuditNote.of(context).target(Matches.text(which));
        return which;
    }
}
