package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Scope;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.runtime.HeapNeed;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.bulk.BulkBody;
import io.openuptimes.web.bulk.EntryLines;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.http.Reply;
import io.openuptimes.web.intake.HeldBytes;
import io.openuptimes.web.intake.IncomingBody;
import io.openuptimes.web.intake.StreamedBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/services/bulk}: changes many services at once, either up to 200,000 in the body or all that a query
 * selects.
 */
final class BulkHandler {

    private static final String PATH = "/api/services/bulk";

    private static final long MAX_BYTES = 256L * 1024 * 1024;
    /** Minimum heap size of an entry, excluding its strings, until the change is applied. */
    private static final int DRAFT_BYTES = 350;

    private final Bus bus;
    private final StatusBoard board;
    private final Once once;
    private final MatchingServices matching;
    private final Clock clock;
    private final NameWarnings warnings;

    /**
     * @param clock wall clock
     */
    BulkHandler(Bus bus, StatusBoard board, Once once, Clock clock) {
        this.bus = bus;
        this.board = board;
        this.once = once;
        this.matching = new MatchingServices(bus, board);
        this.clock = clock;
        this.warnings = new NameWarnings(board);
    }

    static List<Endpoint> of(WebContext web) {
        return new BulkHandler(web.bus(), web.board(), web.once(), web.clock()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.streaming("applyServices", HttpMethod.PUT, PATH, Scope.WRITE, this::apply)
                        .taking("dryRun", "deleteAbsent"),
                selecting("patchServices", HttpMethod.PATCH, matching::patch).recordedAs("patchService"),
                selecting("deleteServices", HttpMethod.DELETE, matching::delete).recordedAs("deleteService"));
    }

    private static Endpoint selecting(
            String operationId, HttpMethod method, BiConsumer<RoutingContext, Query> operation) {
        return Endpoint.confined(
                        operationId, method, PATH, Scope.WRITE, context -> operation.accept(context, Query.of(context)))
                .taking(MatchingServices.PARAMETERS);
    }

    private void apply(RoutingContext context) {
        Query query = Query.of(context);
        boolean dryRun = query.flag("dryRun");
        LabelSelector deleteAbsent = deleteAbsent(query);
        ServiceDrafts drafts = new ServiceDrafts(clock.millis());
        HeldBytes held = IncomingBody.held(context);
        Consumer<@Nullable Object> entries = entry -> {
            if (drafts.entries() == ServiceDrafts.MAX_ENTRIES) {
                throw Errors.invalid("services", "must have at most " + ServiceDrafts.MAX_ENTRIES + " entries");
            }
            if (drafts.entries() >= HeapNeed.fit(HeapNeed.limit())) {
                throw new ApiException(
                        503,
                        "services: are more than this process can hold; "
                                + HeapNeed.says(drafts.entries() + 1, HeapNeed.limit()));
            }
            held.charge(DRAFT_BYTES);
            drafts.add(entry);
        };
        BulkBody body = BulkBody.of(context.request().getHeader(HttpHeaders.CONTENT_TYPE), entries, held::charge);
        Supplier<Future<Reply>> work = () -> apply(context, drafts, new Bulk(body.lines(), deleteAbsent, dryRun));
        StreamedBody.read(context, MAX_BYTES, body::take, hash -> context.vertx()
                        .executeBlocking(
                                () -> {
                                    body.end();
                                    return null;
                                },
                                false)
                        .compose(read -> !drafts.problems().isEmpty()
                                ? Future.succeededFuture(BulkJson.refused(drafts.problems(), body.lines()))
                                : dryRun ? once.dryRun(context, work) : once.answer(context, hash, work)))
                .onSuccess(reply -> reply.send(context))
                .onFailure(context::fail);
    }

    /** The options of a bulk request, and the lines of its entries in the body. */
    private record Bulk(EntryLines lines, @Nullable LabelSelector deleteAbsent, boolean dryRun) {}

    private Future<Reply> apply(RoutingContext context, ServiceDrafts drafts, Bulk bulk) {
        LabelSelector deleteAbsent = bulk.deleteAbsent();
        if (deleteAbsent != null) {
            AuditNote.of(context)
                    .target("deleteAbsent " + (deleteAbsent.equals(LabelSelector.ALL) ? "*" : deleteAbsent));
        }
        return bus.request(
                        BulkMessage.APPLY_BULK,
                        new ApplyBulk(drafts.drafts(), deleteAbsent, bulk.dryRun(), Access.authority(context)),
                        BulkMessage.TIMEOUT_MS)
                .compose(board.progress()::seen)
                .map(answer -> {
                    Reply reply = BulkJson.noted(context, answer, bulk.dryRun(), bulk.lines());
                    if (bulk.dryRun() && answer instanceof BulkDone done) {
                        new ChangedValues(board, CallerDisclosure.of(context)).add(reply.body(), done, drafts.drafts());
                    }
                    return warnings.add(context, answer, reply);
                });
    }

    private static @Nullable LabelSelector deleteAbsent(Query query) {
        List<String> terms = query.all("deleteAbsent");
        if (terms.isEmpty()) {
            return null;
        }
        if (terms.equals(List.of("*"))) {
            return LabelSelector.ALL;
        }
        try {
            return LabelSelector.parse("deleteAbsent", terms);
        } catch (InvalidInputException e) {
            throw new ApiException(400, String.valueOf(e.getMessage()) + "; use * for all services");
        }
    }
}
