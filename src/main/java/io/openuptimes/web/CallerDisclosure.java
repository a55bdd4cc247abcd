package io.openuptimes.web;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Caller;
import io.vertx.ext.web.RoutingContext;

/** Maps a caller to the part of a service's configuration that it may see. */
final class CallerDisclosure {

    private CallerDisclosure() {}

    /** Never {@link Disclosure#FULL}: secrets require an explicit request. */
    static Disclosure of(RoutingContext context) {
        Caller caller = Access.caller(context);
        if (caller.may(Scope.WRITE)) {
            return Disclosure.WRITER;
        }
        return caller.may(Scope.READ) ? Disclosure.READER : Disclosure.PUBLIC;
    }
}
