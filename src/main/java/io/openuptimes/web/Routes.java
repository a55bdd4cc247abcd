package io.openuptimes.web;

import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.HttpMetrics;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.intake.BodyReader;
import io.openuptimes.web.intake.Intake;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes the router of the table of endpoints; whatever the table does not have is a 404 or a 405. */
final class Routes {

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Access access;
    private final AuditTrail audit;
    private final HttpMetrics metrics;
    private final Errors errors = new Errors();
    private final Intake intake;
    private final BodyReader bodies = new BodyReader();

    /**
     * @param intake of the event loop that the requests come on
     */
    Routes(Access access, AuditTrail audit, HttpMetrics metrics, Intake intake) {
        this.access = access;
        this.audit = audit;
        this.metrics = metrics;
        this.intake = intake;
    }

    /**
     * @param table in the order in which requests are compared with it: what is polled first
     * @param pages what is served besides, by its path
     * @param missing what answers at any other path
     */
    Router router(
            Vertx vertx,
            List<Endpoint> table,
            Map<String, Handler<RoutingContext>> pages,
            Handler<RoutingContext> missing) {
        Router router = Router.router(vertx);
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Endpoint endpoint : table) {
            Route route = route(router, endpoint.path())
                    .method(endpoint.method())
                    .handler(metrics.timing(endpoint.operationId()))
                    .handler(access.guards(endpoint.guard()));
            Set<String> allowed = methods.computeIfAbsent(endpoint.path(), path -> new TreeSet<>());
            allowed.add(endpoint.method().name());
            if (endpoint.method().equals(HttpMethod.GET)) {
                route.method(HttpMethod.HEAD);
                allowed.add("HEAD");
            }
            if (WITH_BODY.contains(endpoint.method())) {
                route.handler(intake.opening(access.allowances()::account));
                if (!endpoint.streamed()) {
                    route.handler(bodies).handler(Routes::confirm);
                }
            }
            if (endpoint.acts()) {
                route.handler(audit.of(endpoint.operationId())).handler(Routes::answerInAnyCase);
            }
            route.handler(endpoint.handler()).failureHandler(errors);
        }
        Handler<RoutingContext> guard = access.guards(Guard.WITHOUT_COOKIES); // for all that is no operation
        pages.forEach((path, handler) -> {
            route(router, path)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(metrics.timing("page"))
                    .handler(guard)
                    .handler(handler)
                    .failureHandler(errors);
            methods.put(path, new TreeSet<>(Set.of("GET", "HEAD")));
        });
        methods.forEach((path, allowed) -> route(router, path)
                .handler(metrics.timing("none"))
                .handler(guard)
                .handler(context -> refuseMethod(context, String.join(", ", allowed))));
        router.route().handler(metrics.timing("none")).handler(guard).handler(missing);
        router.route().failureHandler(errors);
        for (int status : new int[] {400, 404, 405, 413, 414, 500}) {
            router.errorHandler(
                    status, context -> errors.answer(context, status)); // for what fails before any route is found
        }
        return router;
    }

    /** The body may have taken its time: the right is looked at again now that the request is complete. */
    private static void confirm(RoutingContext context) {
        Permission.confirm(context).onSuccess(held -> context.next()).onFailure(context::fail);
    }

    /** What has been changed stays changed: where there is no room for a long answer, its caller gets a short one. */
    private static void answerInAnyCase(RoutingContext context) {
        Answers.shorten(context, RecordedAnswer::shorten);
        context.next();
    }

    /** A service's name in the path is taken as it was sent: {@code %2E%2E} is a name there, not a step upwards. */
    private static Route route(Router router, String path) {
        if (path.endsWith("/*")) {
            return router.routeWithRegex(path.substring(0, path.length() - 1) + ".+")
                    .useNormalizedPath(false);
        }
        return path.startsWith(HistoryHandler.PATH)
                ? router.routeWithRegex(HistoryHandler.PATH + ".+").useNormalizedPath(false)
                : router.route(path.replaceAll("\\{(\\w+)}", ":$1"));
    }

    private static void refuseMethod(RoutingContext context, String allowed) {
        throw new ApiException(
                405, context.request().method() + " is not allowed here, only " + allowed, Map.of("Allow", allowed));
    }
}
