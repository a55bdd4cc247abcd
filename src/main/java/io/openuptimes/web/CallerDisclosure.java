package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.vertx.ext.web.RoutingContext;

/** How much of a service's configuration a caller may see. */
final class CallerDisclosure {

    private CallerDisclosure() {}

    /** Never {@link Disclosure#FULL}: secrets are shown to nobody who does not ask for them. */
    static Disclosure of(RoutingContext context) {
        Caller caller = Access.caller(context);
        if (caller.may(Scope.WRITE)) {
            return Disclosure.WRITER;
        }
        return caller.may(Scope.READ) ? Disclosure.READER : Disclosure.PUBLIC;
    }
}
