package io.openuptimes.web.access;

import io.openuptimes.model.Scope;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** What stands before every route. */
public interface Access {

    /** For public routes: limits the rate and finds out who calls; wrong credentials are a 401 here too. */
    Handler<RoutingContext> open();

    /** For protected routes: besides, a 401 without credentials and a 403 where they do not reach. */
    Handler<RoutingContext> requires(Scope scope);

    /** Whatever a route asks of its callers. */
    Handler<RoutingContext> guards(Guard guard);

    /** The caller that one of the handlers above found. */
    static Caller caller(RoutingContext context) {
        Caller caller = context.get(Caller.class.getName());
        return caller == null ? Caller.ANONYMOUS : caller;
    }
}
