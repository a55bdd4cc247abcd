package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.ContentCoding;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.EntityTags;
import io.openuptimes.web.http.NameInPath;
import io.openuptimes.web.http.Tags;
import io.openuptimes.web.list.ListAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * {@code /api/services/by-name/{name}} and {@code /api/services/{id}}: one service, with a separate operation for each
 * answer format. An id may be any text; an unknown one is a 404.
 */
final class ServiceHandler {

    private static final String BY_NAME = "/api/services/by-name/{name}";
    private static final String BY_ID = "/api/services/{id}";

    private final SeenServices seen;
    private final OneService changes;

    ServiceHandler(Bus bus, StatusBoard board) {
        this.seen = new SeenServices(board);
        this.changes = new OneService(bus, board);
    }

    static List<Endpoint> of(WebContext web) {
        return new ServiceHandler(web.bus(), web.board()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                byName("getServiceByName", HttpMethod.GET, Scope.READ, this::get),
                byName("replaceServiceByName", HttpMethod.PUT, Scope.WRITE, changes::replace)
                        .recordedAs("replaceService"),
                byName("patchServiceByName", HttpMethod.PATCH, Scope.WRITE, changes::patch)
                        .recordedAs("patchService"),
                byName("deleteServiceByName", HttpMethod.DELETE, Scope.WRITE, changes::delete)
                        .recordedAs("deleteService"),
                byId("getServiceById", HttpMethod.GET, Scope.READ, this::get),
                byId("replaceServiceById", HttpMethod.PUT, Scope.WRITE, changes::replace)
                        .recordedAs("replaceService"),
                byId("patchServiceById", HttpMethod.PATCH, Scope.WRITE, changes::patch)
                        .recordedAs("patchService"),
                byId("deleteServiceById", HttpMethod.DELETE, Scope.WRITE, changes::delete)
                        .recordedAs("deleteService"));
    }

    private static Endpoint byName(
            String operationId, HttpMethod method, Scope scope, BiConsumer<RoutingContext, ServiceRef> operation) {
        return of(
                        operationId,
                        method,
                        BY_NAME,
                        scope,
                        operation,
                        context -> ServiceRef.named(NameInPath.of(context, BY_NAME)))
                .withNameInPath();
    }

    private static Endpoint byId(
            String operationId, HttpMethod method, Scope scope, BiConsumer<RoutingContext, ServiceRef> operation) {
        return of(operationId, method, BY_ID, scope, operation, context -> ServiceRef.withId(context.pathParam("id")));
    }

    private static Endpoint of(
            String operationId,
            HttpMethod method,
            String path,
            Scope scope,
            BiConsumer<RoutingContext, ServiceRef> operation,
            Function<RoutingContext, ServiceRef> which) {
        return Endpoint.confined(
                operationId, method, path, scope, context -> operation.accept(context, which.apply(context)));
    }

    /**
     * Writers get the service's own tag, for use in changes. It depends on secrets too, so other callers get a tag of
     * the answer they see.
     */
    private void get(RoutingContext context, ServiceRef which) {
        Service service = seen.required(context, which);
        Disclosure disclosure = CallerDisclosure.of(context);
        Buffer body = new JsonObject()
                .put("service", new JsonObject(ServiceView.of(service, disclosure)))
                .toBuffer();
        String tag =
                disclosure == Disclosure.WRITER ? ServiceTag.of(service).replace("\"", "") : Tags.of(body.getBytes());
        context.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_STORE)
                .putHeader(HttpHeaders.VARY, ListAnswer.VARY_ON);
        ContentCoding.never(context); // the tag is for this encoding only, and writers see secrets
        if (!EntityTags.answerKnown(context, tag, false)) {
            Answers.end(context, 200, Answers.JSON, body);
        }
    }
}
