package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReplaceService;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.model.Scope;
import io.openuptimes.model.ServiceFields;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /api/services}: what is monitored. The rules for the fields are the model's; the store applies them. */
final class ServicesHandler {

    private static final String PATH = "/api/services";

    private final Bus bus;
    private final StatusBoard board;
    private final EntryJson entries;

    ServicesHandler(Bus bus, StatusBoard board, EntryJson entries) {
        this.bus = bus;
        this.board = board;
        this.entries = entries;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.guarded("listServices", HttpMethod.GET, PATH, Scope.READ, this::list),
                Endpoint.guarded("createService", HttpMethod.POST, PATH, Scope.WRITE, this::create),
                Endpoint.guarded("replaceService", HttpMethod.PUT, PATH, Scope.WRITE, this::replace),
                Endpoint.guarded("patchService", HttpMethod.PATCH, PATH, Scope.WRITE, this::patch),
                Endpoint.guarded("deleteService", HttpMethod.DELETE, PATH, Scope.WRITE, this::delete));
    }

    private void list(RoutingContext context) {
        if (!board.isLoaded()) {
            throw new ApiException(503, Errors.STORE_UNREACHABLE);
        }
        ListQuery query = ListQuery.parse(Query.of(context), "name");
        if (query != null) {
            ListPage page = ListPage.of(board.entries(), query, true, true);
            ListAnswer.send(context, ListAnswer.services(page, entries));
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answers.end(context, 200, Answers.JSON, board.services());
    }

    private void create(RoutingContext context) {
        bus.request(Addresses.CREATE_SERVICE, new CreateService(JsonBody.required(context)))
                .onSuccess(stored -> Answers.json(context, 201, answer(stored)))
                .onFailure(context::fail);
    }

    private void replace(RoutingContext context) {
        String name = Query.of(context).required("name");
        bus.request(Addresses.REPLACE_SERVICE, new ReplaceService(name, JsonBody.required(context)))
                .onSuccess(stored -> Answers.json(context, answer(stored)))
                .onFailure(context::fail);
    }

    private void patch(RoutingContext context) {
        String name = Query.of(context).required("name");
        bus.request(Addresses.PATCH_SERVICE, new PatchService(name, JsonBody.required(context)))
                .onSuccess(stored -> Answers.json(context, answer(stored)))
                .onFailure(context::fail);
    }

    private void delete(RoutingContext context) {
        String name = Query.of(context).required("name");
        bus.request(Addresses.DELETE_SERVICE, new DeleteService(name))
                .onSuccess(deleted -> Answers.json(
                        context,
                        new JsonObject()
                                .put("success", true)
                                .put("message", "Service deleted")
                                .put(
                                        "undo",
                                        new JsonObject()
                                                .put("id", deleted.serviceId())
                                                .put("until", deleted.until()))))
                .onFailure(context::fail);
    }

    static JsonObject answer(ServiceStored stored) {
        return new JsonObject()
                .put("success", true)
                .put("service", new JsonObject(ServiceFields.toMap(stored.service())));
    }
}
