package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReplaceService;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.model.Sha256;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.ListAnswer;
import io.openuptimes.web.list.ListPage;
import io.openuptimes.web.list.ListQuery;
import io.openuptimes.web.list.Lists;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /api/services}: what is monitored. The rules for the fields are the model's; the store applies them. */
final class ServicesHandler {

    private static final String PATH = "/api/services";

    private final Bus bus;
    private final StatusBoard board;
    private final Lists lists;
    private final EntryJson entries;
    private final Once once;
    private final ChangesAnswers changes;
    private final NameWarnings warnings;

    ServicesHandler(Bus bus, StatusBoard board, Lists lists, EntryJson entries, Once once, ChangesAnswers changes) {
        this.bus = bus;
        this.once = once;
        this.board = board;
        this.lists = lists;
        this.entries = entries;
        this.changes = changes;
        this.warnings = new NameWarnings(board);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.confined("listServices", HttpMethod.GET, PATH, Scope.READ, this::list),
                Endpoint.confined("createService", HttpMethod.POST, PATH, Scope.WRITE, this::create),
                Endpoint.confined("replaceService", HttpMethod.PUT, PATH, Scope.WRITE, this::replace),
                Endpoint.confined("patchService", HttpMethod.PATCH, PATH, Scope.WRITE, this::patch),
                Endpoint.confined("deleteService", HttpMethod.DELETE, PATH, Scope.WRITE, this::delete));
    }

    private void list(RoutingContext context) {
        SeenServices.requireLoaded(board);
        Query given = Query.of(context);
        ListQuery query =
                SeenServices.confined(context, board, ListQuery.parse(given, "name", EntryJson.SERVICE_FIELDS));
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, WholeAnswers.NO_STORE); // bodies and queries may be sensitive
        Disclosure disclosure = CallerDisclosure.of(context);
        EntryJson shown = entries.withDetails(query != null && query.isOfOne());
        if (changes.take(
                context,
                given,
                query,
                disclosure,
                (json, entry) ->
                        shown.appendWithFields(json, entry, disclosure, query == null ? null : query.fields()))) {
            return;
        }
        if (query != null) {
            lists.page(query, true, disclosure)
                    .onSuccess(page -> page(context, query, page, shown, disclosure))
                    .onFailure(context::fail);
            return;
        }
        if (board.size() <= StatusBoard.SMALL) {
            WholeAnswers.send(context, board.services(disclosure), board.point(), WholeAnswers.NO_STORE);
        } else {
            board.longServices(context.vertx(), disclosure)
                    .onSuccess(answer -> WholeAnswers.send(context, answer, WholeAnswers.NO_STORE))
                    .onFailure(context::fail);
        }
    }

    private static void page(
            RoutingContext context, ListQuery query, ListPage page, EntryJson shown, Disclosure disclosure) {
        context.response().putHeader(WholeAnswers.EVENT, String.valueOf(page.upTo()));
        boolean mayChange = disclosure == Disclosure.WRITER; // the tag is made of secrets as well
        if (mayChange
                && !query.names().isEmpty()
                && page.matching() == 1
                && !page.entries().isEmpty()) {
            // of the service, to change it by; its state is beside it, and another thing
            Service only = page.entries().get(0).service();
            context.response().putHeader(HttpHeaders.ETAG, ServiceTag.of(only));
        }
        ListAnswer.send(context, ListAnswer.services(page, query, shown, disclosure));
    }

    private void create(RoutingContext context) {
        Map<String, Object> fields = JsonBody.required(context);
        byte[] hash = Sha256.digest().digest(context.body().buffer().getBytes());
        once.answer(context, hash, () -> bus.request(
                                Addresses.CREATE_SERVICE, new CreateService(fields, Access.authority(context)))
                        .map(stored -> warnings.reply(context, 201, stored)))
                .onSuccess(reply -> reply.send(context))
                .onFailure(context::fail);
    }

    private void replace(RoutingContext context) {
        String name = Query.of(context).required("name");
        bus.request(
                        Addresses.REPLACE_SERVICE,
                        new ReplaceService(
                                name, JsonBody.required(context), IfMatch.tags(context), Access.authority(context)))
                .onSuccess(stored -> warnings.reply(context, 200, stored).send(context))
                .onFailure(context::fail);
    }

    private void patch(RoutingContext context) {
        Query query = Query.of(context);
        if (!query.has("name")) {
            patchMany(context, query);
            return;
        }
        refuseOfMany(query);
        bus.request(
                        Addresses.PATCH_SERVICE,
                        new PatchService(
                                query.required("name"),
                                JsonBody.required(context),
                                IfMatch.tags(context),
                                Access.authority(context)))
                .onSuccess(stored -> warnings.reply(context, 200, stored).send(context))
                .onFailure(context::fail);
    }

    /** Whoever gives them means something else than what would happen. */
    private static void refuseOfMany(Query query) {
        for (String name : List.of("label", "group", "dryRun")) {
            if (query.has(name)) {
                throw Errors.invalid(name, "cannot go together with name");
            }
        }
    }

    private static Matching many(RoutingContext context, Query query) {
        Matching which = Matches.required(query);
        query.only("label", "group", "dryRun");
        if (context.request().headers().contains(HttpHeaders.IF_MATCH)) {
            throw Errors.invalid("If-Match", "is for one service, by its name");
        }
        return which;
    }

    private void patchMany(RoutingContext context, Query query) {
        Matching which = many(context, query);
        boolean dryRun = query.flag("dryRun");
        Map<String, Object> fields = JsonBody.required(context);
        for (String own : List.of("name", "id", "createdAt", "declared")) {
            if (fields.containsKey(own)) {
                throw Errors.invalid(own, "is each service's own and cannot be set for many");
            }
        }
        AuditNote.of(context).target(Matches.text(which));
        fields.forEach(AuditNote.of(context)::field);
        bus.request(
                        Addresses.CHANGE_MATCHING,
                        new ChangeMatching(which, fields, dryRun, Access.authority(context)),
                        BulkMessage.TIMEOUT_MS)
                .compose(board::seen)
                .onSuccess(answer -> BulkJson.noted(context, answer, dryRun).send(context))
                .onFailure(context::fail);
    }

    private void delete(RoutingContext context) {
        Query query = Query.of(context);
        if (!query.has("name")) {
            deleteMany(context, query);
            return;
        }
        refuseOfMany(query);
        DeleteService asked =
                new DeleteService(query.required("name"), IfMatch.tags(context), Access.authority(context));
        bus.request(Addresses.DELETE_SERVICE, asked)
                .onSuccess(deleted -> {
                    AuditNote.of(context).service(deleted.service(), null);
                    Answers.json(
                            context,
                            new JsonObject()
                                    .put("success", true)
                                    .put("message", "Service deleted")
                                    .put(
                                            "undo",
                                            new JsonObject()
                                                    .put("id", deleted.service().id())
                                                    .put("until", deleted.until())));
                })
                .onFailure(context::fail);
    }

    private void deleteMany(RoutingContext context, Query query) {
        Matching which = many(context, query);
        boolean dryRun = query.flag("dryRun");
        AuditNote.of(context).target(Matches.text(which));
        bus.request(
                        Addresses.DELETE_MATCHING,
                        new DeleteMatching(which, dryRun, Access.authority(context)),
                        BulkMessage.TIMEOUT_MS)
                .compose(board::seen)
                .onSuccess(answer -> BulkJson.noted(context, answer, dryRun).send(context))
                .onFailure(context::fail);
    }
}
