package io.openuptimes.web;

import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.web.access.Access;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The board as a caller sees it: what is hidden is not there for those without a key or a session. */
final class SeenServices {

    private final StatusBoard board;

    SeenServices(StatusBoard board) {
        this.board = board;
    }

    /**
     * @throws ApiException 404 where there is none, 503 where that is not known yet
     */
    Service named(RoutingContext context, String name) {
        requireLoaded();
        Service service = findNamed(context, name);
        if (service == null) {
            throw new ApiException(404, "Service not found");
        }
        return service;
    }

    @Nullable
    Service findNamed(RoutingContext context, String name) {
        return seen(context, board.find(name));
    }

    @Nullable
    Service findById(RoutingContext context, String id) {
        return seen(context, board.findById(id));
    }

    /**
     * @throws ApiException 503 if it is not known yet what there is
     */
    void requireLoaded() {
        if (!board.isLoaded()) {
            throw new ApiException(503, Errors.STORE_UNREACHABLE);
        }
    }

    private static @Nullable Service seen(RoutingContext context, @Nullable BoardEntry entry) {
        return entry != null
                        && (entry.service().visible() || Access.caller(context).may(Scope.READ))
                ? entry.service()
                : null;
    }
}
