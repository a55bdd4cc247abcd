package io.openuptimes.web;

import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CodedBody;
import io.openuptimes.web.http.Cors;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Guard;
import io.openuptimes.web.http.HttpMetrics;
import io.openuptimes.web.http.NameInPath;
import io.openuptimes.web.http.Permission;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.intake.BodyReader;
import io.openuptimes.web.intake.Intake;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Builds the router from the endpoint table; anything not in the table is a 404 or 405. */
final class Routes {

    private static final List<String> ALL_METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Access access;
    private final AuditTrail audit;
    private final HttpMetrics metrics;
    private final Errors errors = new Errors();
    private final Intake intake;
    private final Cors cors;
    private final BodyReader bodies = new BodyReader();

    /**
     * @param intake of the event loop that serves the requests
     * @param cors of the same event loop
     */
    Routes(Access access, AuditTrail audit, HttpMetrics metrics, Intake intake, Cors cors) {
        this.access = access;
        this.audit = audit;
        this.metrics = metrics;
        this.intake = intake;
        this.cors = cors;
    }

    /**
     * @param basePath prefix of every path; empty for none. Probes are also answered at the root, because container
     *     runtimes call this process directly instead of its proxy
     * @param table in matching order: the most polled first
     * @param pages handlers outside the table, by path
     * @param missing handles any other path
     */
    Router router(
            Vertx vertx,
            String basePath,
            List<Endpoint> table,
            Map<String, Handler<RoutingContext>> pages,
            Handler<RoutingContext> missing) {
        Router router = Router.router(vertx);
        Handler<RoutingContext> guard = access.guards(Guard.WITHOUT_COOKIES); // for requests outside the table
        byPath(table).forEach((path, endpoints) -> {
            Set<String> allowed = new TreeSet<>();
            boolean publicRead = false;
            for (Endpoint endpoint : endpoints) {
                allowed.add(endpoint.method().name());
                if (endpoint.method().equals(HttpMethod.GET)) {
                    allowed.add("HEAD");
                }
                publicRead |= endpoint.isPublicRead();
                add(route(router, basePath, endpoint), endpoint);
                if (isProbe(endpoint) && !basePath.isEmpty()) {
                    add(route(router, "", endpoint), endpoint);
                }
            }
            answerOthers(route(router, basePath, endpoints.get(0)), guard, allowed, publicRead);
            if (isProbe(endpoints.get(0)) && !basePath.isEmpty()) {
                answerOthers(route(router, "", endpoints.get(0)), guard, allowed, publicRead);
            }
        });
        pages.forEach((path, handler) -> {
            page(router, basePath, path)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(metrics.timing("page"))
                    .handler(guard)
                    .handler(handler)
                    .failureHandler(errors);
            answerOthers(page(router, basePath, path), guard, List.of("GET", "HEAD"), false);
        });
        router.route()
                .handler(cors.of(false))
                .handler(metrics.timing("none"))
                .handler(guard)
                .handler(context -> otherPath(context, missing));
        router.route().failureHandler(errors);
        for (int status : new int[] {400, 404, 405, 413, 414, 500}) {
            router.errorHandler(
                    status, context -> errors.answer(context, status)); // for failures before a route is found
        }
        return router;
    }

    /**
     * Groups operations by path. Paths with a parameter come last, because a literal path takes precedence over the
     * parameter. Names in paths are matched undecoded, so those paths keep their position in the table.
     */
    private static Map<String, List<Endpoint>> byPath(List<Endpoint> table) {
        Map<String, List<Endpoint>> byPath = new LinkedHashMap<>();
        table.stream()
                .sorted(Comparator.comparing(endpoint -> endpoint.path().endsWith("}") && !endpoint.nameInPath()))
                .forEach(endpoint -> byPath.computeIfAbsent(endpoint.path(), path -> new ArrayList<>())
                        .add(endpoint));
        return byPath;
    }

    private static boolean isProbe(Endpoint endpoint) {
        return endpoint.guard().equals(Guard.NONE);
    }

    private void add(Route route, Endpoint endpoint) {
        route.method(endpoint.method()).handler(cors.of(endpoint.isPublicRead()));
        if (isProbe(endpoint)) {
            // load balancers probe with OPTIONS; browsers send it as a preflight, which needs a different answer
            route.method(HttpMethod.OPTIONS).handler(cors.preflights(List.of("GET", "HEAD"), endpoint.isPublicRead()));
        }
        route.handler(metrics.timing(endpoint.operationId())).handler(access.guards(endpoint.guard()));
        if (!isProbe(endpoint)) { // a probe may send any parameters and still learns whether this process is well
            route.handler(Query.taking(endpoint.parameters()));
        }
        if (endpoint.method().equals(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
        }
        if (WITH_BODY.contains(endpoint.method())) {
            route.handler(CodedBody::refuse).handler(intake.opening(access.allowances()::account));
            if (!endpoint.streamed()) {
                route.handler(bodies).handler(Routes::confirm);
            }
        }
        if (endpoint.acts()) {
            route.handler(audit.of(endpoint.action())).handler(Routes::answerInAnyCase);
        }
        route.handler(endpoint.handler()).failureHandler(errors);
    }

    private void answerOthers(
            Route route, Handler<RoutingContext> guard, Collection<String> allowed, boolean publicRead) {
        route.handler(cors.of(false))
                .handler(metrics.timing("none"))
                .handler(guard)
                .handler(context -> otherMethod(context, allowed, publicRead))
                .failureHandler(errors);
    }

    /** The body may have taken a while to arrive, so permission is checked again once the request is complete. */
    private static void confirm(RoutingContext context) {
        Permission.confirm(context).onSuccess(held -> context.next()).onFailure(context::fail);
    }

    /** The change is already made, so the caller gets a short answer if there is no room for the long one. */
    private static void answerInAnyCase(RoutingContext context) {
        Answers.shorten(context, RecordedAnswer::shorten);
        context.next();
    }

    private static Route route(Router router, String basePath, Endpoint endpoint) {
        return endpoint.nameInPath()
                ? router.routeWithRegex(Pattern.quote(basePath) + NameInPath.regex(endpoint.path()))
                        .useNormalizedPath(false)
                : router.route(basePath + endpoint.path().replaceAll("\\{(\\w+)}", ":$1"));
    }

    /** Paths below a page, as {@code /*}, are matched undecoded too. */
    private static Route page(Router router, String basePath, String path) {
        if (path.endsWith("/*")) {
            return router.routeWithRegex(Pattern.quote(basePath + path.substring(0, path.length() - 1)) + ".+")
                    .useNormalizedPath(false);
        }
        // a route without the trailing slash matches the base path with and without one
        return router.route(path.equals("/") && !basePath.isEmpty() ? basePath : basePath + path);
    }

    /** {@code OPTIONS /}, the default of load balancers, is answered at the root even with a base path. */
    private void otherPath(RoutingContext context, Handler<RoutingContext> missing) {
        HttpServerRequest request = context.request();
        if (request.method().equals(HttpMethod.OPTIONS) && "/".equals(request.path())) {
            cors.options(context, ALL_METHODS, false);
        } else {
            missing.handle(context);
        }
    }

    private void otherMethod(RoutingContext context, Collection<String> methods, boolean publicRead) {
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            cors.options(context, methods, publicRead);
            return;
        }
        String allowed = String.join(", ", methods);
        throw new ApiException(
                405,
                context.request().method() + " is not allowed here; allowed: " + allowed,
                Map.of("Allow", allowed));
    }
}
