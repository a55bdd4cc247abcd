package io.openuptimes.web.http;

import io.openuptimes.model.Scope;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One operation of the API, as a row of the table that {@code Routes} is built from.
 *
 * <p>Before the handler runs, access is checked and, for POST, PUT and PATCH, the body has been read; {@link JsonBody}
 * hands it out. GET answers HEAD too. A handler may throw or {@link RoutingContext#fail(Throwable)}: {@link Errors}
 * makes the answer.
 *
 * @param operationId its name in {@code openapi.yaml}
 * @param method of the request
 * @param path as {@code openapi.yaml} writes it, parameters in braces
 * @param guard what is asked of a caller
 * @param handler answers
 * @param streamed whether the handler reads the body itself, piece by piece
 */
public record Endpoint(
        String operationId,
        HttpMethod method,
        String path,
        Guard guard,
        Handler<RoutingContext> handler,
        boolean streamed) {

    public Endpoint(String operationId, HttpMethod method, String path, Guard guard, Handler<RoutingContext> handler) {
        this(operationId, method, path, guard, handler, false);
    }

    /** Whether it may change something. */
    public boolean acts() {
        return !method.equals(HttpMethod.GET);
    }

    /** Whether anybody may read its answers, in pages of whatever origin. */
    public boolean isPublicRead() {
        return !acts() && guard.isPublic();
    }

    /** As {@link #confined}, with long bodies. */
    public static Endpoint streaming(
            String operationId, HttpMethod method, String path, Scope scope, Handler<RoutingContext> handler) {
        return new Endpoint(operationId, method, path, Guard.confined(scope), handler, true);
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
