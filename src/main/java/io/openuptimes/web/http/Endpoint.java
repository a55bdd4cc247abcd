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
 * One operation of the API, as a row of the table that {@code Routes} is built from.
 *
 * <p>Before the handler runs, access and the names of the query's parameters are checked and, for POST, PUT and PATCH,
 * the body has been read; {@link JsonBody} hands it out. GET answers HEAD too. A handler may throw or
 * {@link RoutingContext#fail(Throwable)}: {@link Errors} makes the answer.
 *
 * @param operationId its name in {@code openapi.yaml}
 * @param method of the request
 * @param path as {@code openapi.yaml} writes it, parameters in braces
 * @param guard what is asked of a caller
 * @param handler answers
 * @param parameters that the query may have, in the order in which an error names them; any other is a 400
 * @param streamed whether the handler reads the body itself, piece by piece
 * @param nameInPath whether the path ends with a name, see {@link NameInPath}
 * @param action what the audit log calls it, an operation's id: operations that do the same have the same
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

    /** Whether anybody may read its answers, in pages of whatever origin. */
    public boolean isPublicRead() {
        return !acts() && guard.isPublic();
    }

    /** The same with these parameters in its query, besides those that it takes already. */
    public Endpoint taking(Collection<String> names) {
        Set<String> all = new LinkedHashSet<>(parameters);
        all.addAll(names);
        Set<String> taken = Collections.unmodifiableSet(all);
        return new Endpoint(operationId, method, path, guard, handler, taken, streamed, nameInPath, action);
    }

    public Endpoint taking(String... names) {
        return taking(Arrays.asList(names));
    }

    /** The same with a path that ends with a name. */
    public Endpoint withNameInPath() {
        return new Endpoint(operationId, method, path, guard, handler, parameters, streamed, true, action);
    }

    /** The same, recorded as another operation that does the same. */
    public Endpoint recordedAs(String other) {
        return new Endpoint(operationId, method, path, guard, handler, parameters, streamed, nameInPath, other);
    }

    /** As {@link #confined}, with long bodies. */
    public static Endpoint streaming(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        Guard guard = Guard.confined(scope);
        return new Endpoint(operationId, method, path, guard, handler, Set.of(), true, false, operationId);
    }

    /** An operation for everybody. */
    public static Endpoint open(String operationId, HttpMethod method, String path, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.OPEN, handler);
    }

    /** An operation for probes: whoever asks, however often. */
    public static Endpoint unguarded(
            String operationId, HttpMethod method, String path, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.NONE, handler);
    }

    /** An operation for callers with that scope whose handler keeps to the services that the caller sees. */
    public static Endpoint confined(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.confined(scope), handler);
    }

    /** An operation for callers with that scope; not for keys that are limited to some services. */
    public static Endpoint guarded(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.scope(scope), handler);
    }
}
