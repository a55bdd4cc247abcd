package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.runtime.Sha256;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.ListAnswer;
import io.openuptimes.web.list.ListPage;
import io.openuptimes.web.list.ListQuery;
import io.openuptimes.web.list.Lists;
import io.openuptimes.web.list.PolicyJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/services} and {@code /api/services/changes}. The store applies the model's rules for the fields. */
final class ServicesHandler {

    private static final String PATH = "/api/services";
    /** The parameter that names services. */
    private static final String NAMES = "name";

    private final Bus bus;
    private final StatusBoard board;
    private final Lists lists;
    private final EntryJson entries;
    private final Once once;
    private final ChangesAnswers changes;
    private final NameWarnings warnings;
    private final OneService one;
    private final MatchingServices matching;
    /** Of services that set none, as JSON. */
    private final String policy;

    ServicesHandler(
            Bus bus,
            StatusBoard board,
            Lists lists,
            EntryJson entries,
            Once once,
            ChangesAnswers changes,
            Policy policy) {
        this.bus = bus;
        this.once = once;
        this.board = board;
        this.lists = lists;
        this.entries = entries;
        this.changes = changes;
        this.warnings = new NameWarnings(board);
        this.one = new OneService(bus, board);
        this.matching = new MatchingServices(bus, board);
        this.policy = PolicyJson.of(policy).encode();
    }

    static List<Endpoint> of(WebContext web) {
        Policy policy = web.settings().checks().policy();
        return new ServicesHandler(
                        web.bus(), web.board(), web.lists(), web.entries(), web.once(), web.changes(), policy)
                .endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.confined("listServices", HttpMethod.GET, PATH, Scope.READ, this::list)
                        .taking(ListQuery.parameters(NAMES))
                        .taking(ChangesAnswers.PARAMETERS),
                Endpoint.confined("getServiceChanges", HttpMethod.GET, PATH + "/changes", Scope.READ, this::changes)
                        .taking(ChangesAnswers.PARAMETERS)
                        .taking(ListQuery.filters(NAMES)),
                Endpoint.confined("createService", HttpMethod.POST, PATH, Scope.WRITE, this::create),
                Endpoint.confined("replaceService", HttpMethod.PUT, PATH, Scope.WRITE, this::replace)
                        .taking("name"),
                Endpoint.confined("patchService", HttpMethod.PATCH, PATH, Scope.WRITE, this::patch)
                        .taking("name")
                        .taking(MatchingServices.PARAMETERS),
                Endpoint.confined("deleteService", HttpMethod.DELETE, PATH, Scope.WRITE, this::delete)
                        .taking("name")
                        .taking(MatchingServices.PARAMETERS));
    }

    /**
     * A caller's request.
     *
     * @param query null for the whole list
     */
    private record Wanted(@Nullable ListQuery query, EntryJson shown, Disclosure disclosure) {

        ChangesAnswers.Form form() {
            Set<String> fields = query == null ? null : query.fields();
            return new ChangesAnswers.Form(
                    disclosure, (json, entry) -> shown.appendWithFields(json, entry, disclosure, fields));
        }
    }

    private Wanted wanted(RoutingContext context) {
        SeenServices.requireLoaded(board);
        ListQuery query = SeenServices.confined(
                context, board, ListQuery.parse(Query.of(context), NAMES, EntryJson.SERVICE_FIELDS));
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE); // bodies and queries may be sensitive
        return new Wanted(query, entries.withDetails(query != null && query.isOfOne()), CallerDisclosure.of(context));
    }

    private void list(RoutingContext context) {
        Wanted wanted = wanted(context);
        ListQuery query = wanted.query();
        Disclosure disclosure = wanted.disclosure();
        if (changes.take(context, query, wanted.form())) {
            return;
        }
        if (query != null) {
            lists.page(query, true, disclosure)
                    .onSuccess(page -> page(context, query, page, wanted.shown(), disclosure))
                    .onFailure(context::fail);
            return;
        }
        if (board.size() <= StatusBoard.SMALL) {
            WholeAnswers.send(
                    context,
                    board.answers().services(disclosure),
                    board.progress().point(),
                    CacheControl.NO_STORE);
        } else {
            board.answers()
                    .longServices(context.vertx(), disclosure)
                    .onSuccess(answer -> WholeAnswers.send(context, answer, CacheControl.NO_STORE))
                    .onFailure(context::fail);
        }
    }

    private void changes(RoutingContext context) {
        Wanted wanted = wanted(context);
        changes.answer(context, wanted.query(), wanted.form());
    }

    private void page(RoutingContext context, ListQuery query, ListPage page, EntryJson shown, Disclosure disclosure) {
        context.response().putHeader(WholeAnswers.EVENT, String.valueOf(page.upTo()));
        boolean mayChange = disclosure == Disclosure.WRITER; // the tag depends on secrets too
        if (mayChange
                && !query.names().isEmpty()
                && page.matching() == 1
                && !page.entries().isEmpty()) {
            // the service's tag, for use in changes; its state is separate
            Service only = page.entries().get(0).service();
            context.response().putHeader(HttpHeaders.ETAG, ServiceTag.of(only));
        }
        ListAnswer.send(context, ListAnswer.services(page, query, shown, disclosure, policy));
    }

    private void create(RoutingContext context) {
        Map<String, Object> fields = ServiceBody.whole(context);
        byte[] hash = Sha256.digest().digest(context.body().buffer().getBytes());
        once.answer(context, hash, () -> bus.request(
                                StoreMessage.CREATE_SERVICE, new CreateService(fields, Access.authority(context)))
                        .map(stored -> warnings.reply(context, 201, stored)))
                .onSuccess(reply -> reply.send(context))
                .onFailure(context::fail);
    }

    private void replace(RoutingContext context) {
        one.replace(context, ServiceRef.named(Query.of(context).required("name")));
    }

    private void patch(RoutingContext context) {
        Query query = Query.of(context);
        if (isOfOne(query)) {
            one.patch(context, ServiceRef.named(query.required("name")));
        } else {
            matching.patch(context, query);
        }
    }

    private void delete(RoutingContext context) {
        Query query = Query.of(context);
        if (isOfOne(query)) {
            one.delete(context, ServiceRef.named(query.required("name")));
        } else {
            matching.delete(context, query);
        }
    }

    /** Rejects a name together with parameters that select many services; one of them would be ignored. */
    private static boolean isOfOne(Query query) {
        boolean many = query.has("label") || query.has("group");
        if (!query.has("name")) {
            if (!many) {
                throw new ApiException(400, "name: is required, or label or group to select several services");
            }
            return false;
        }
        for (String name : MatchingServices.PARAMETERS) {
            if (name.equals("dryRun") ? query.flag(name) : query.has(name)) {
                throw Errors.invalid(name, "cannot be combined with name");
            }
        }
        return true;
    }
}
