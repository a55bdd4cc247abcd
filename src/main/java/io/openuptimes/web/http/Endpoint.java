package io.openuptimes.web.http;

import io.openuptimes.model.Scope;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One operation of the API: a row of the table that {@code Routes} is built from.
 *
 * <p>Before the handler runs, access and query parameter names are checked and, for POST, PUT and PATCH, the body is
 * read; get it from {@link JsonBody}. GET also serves HEAD. A handler may throw or call
 * {@link RoutingContext#fail(Throwable)}; {@link Errors} sends the error response.
 *
 * @param operationId its name in {@code openapi.yaml}
 * @param method HTTP method
 * @param path as in {@code openapi.yaml}, parameters in braces
 * @param guard access requirements
 * @param handler sends the response
 * @param parameters allowed in the query, in the order in which errors list them; any other is a 400
 * @param streamed whether the handler reads the body itself, piece by piece
 * @param nameInPath whether the path ends with a name, see {@link NameInPath}
 * @param action its name in the audit log, an operation ID; operations that do the same share one
 */
public record Endpoint(
        String operationId,
        HttpMethod method,
        String path,
        Guard guard,
        Handler<RoutingContext> handler,
        Set<String> parameters,
        boolean streamed,
        boolean nameInPath,
        String action) {

    public Endpoint(String operationId, HttpMethod method, String path, Guard guard, Handler<RoutingContext> handler) {
        this(operationId, method, path, guard, handler, Set.of(), false, false, operationId);
    }

    /** Whether it may change something. */
    public boolean acts() {
        return !method.equals(HttpMethod.GET);
    }

    /** Whether pages of any origin may read its responses. */
    public boolean isPublicRead() {
        return !acts() && guard.isPublic();
    }

    /** A copy that allows these query parameters too. */
    public Endpoint taking(Collection<String> names) {
        Set<String> all = new LinkedHashSet<>(parameters);
        all.addAll(names);
        Set<String> taken = Collections.unmodifiableSet(all);
        return new Endpoint(operationId, method, path, guard, handler, taken, streamed, nameInPath, action);
    }

    public Endpoint taking(String... names) {
        return taking(Arrays.asList(names));
    }

    /** A copy whose path ends with a name. */
    public Endpoint withNameInPath() {
        return new Endpoint(operationId, method, path, guard, handler, parameters, streamed, true, action);
    }

    /** A copy that is audited under the given operation, which does the same. */
    public Endpoint recordedAs(String other) {
        return new Endpoint(operationId, method, path, guard, handler, parameters, streamed, nameInPath, other);
    }

    /** Like {@link #confined}, with a streamed request body. */
    public static Endpoint streaming(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        Guard guard = Guard.confined(scope);
        return new Endpoint(operationId, method, path, guard, handler, Set.of(), true, false, operationId);
    }

    /** A public operation. */
    public static Endpoint open(String operationId, HttpMethod method, String path, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.OPEN, handler);
    }

    /** A public operation without a rate limit, for probes. */
    public static Endpoint unguarded(
            String operationId, HttpMethod method, String path, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.NONE, handler);
    }

    /** An operation that requires the scope; its handler limits itself to the services that the caller can see. */
    public static Endpoint confined(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.confined(scope), handler);
    }

    /** An operation that requires the scope and rejects keys that are limited to some services. */
    public static Endpoint guarded(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.scope(scope), handler);
    }
}
