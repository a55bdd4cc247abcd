package io.openuptimes.web;

import io.openuptimes.bus.ServiceRef;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.list.ListQuery;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The board from a caller's point of view: hidden services do not exist for callers without a key or session. */
final class SeenServices {

    private final StatusBoard board;

    SeenServices(StatusBoard board) {
        this.board = board;
    }

    /**
     * @throws ApiException 404 if there is no such service, 503 if the board is not loaded yet
     */
    Service named(RoutingContext context, String name) {
        return required(context, ServiceRef.named(name));
    }

    /**
     * @throws ApiException 404 if there is no such service, 503 if the board is not loaded yet
     */
    Service required(RoutingContext context, ServiceRef which) {
        requireLoaded();
        Service service =
                switch (which.by()) {
                    case NAME -> findNamed(context, which.text());
                    case ID -> findById(context, which.text());
                };
        if (service == null) {
            throw new ApiException(404, "Service not found");
        }
        return service;
    }

    /**
     * Returns the store's id for a service's data or, if the query has {@code location}, for its data at that location.
     *
     * @throws ApiException 400 if the service does not have that location
     */
    static String idOf(Service service, Query query) {
        String location = query.text("location");
        if (location == null) {
            return service.id();
        }
        if (!service.locations().contains(location)) {
            throw Errors.invalid("location", "the service is not checked from this location");
        }
        return Locations.idAt(service.id(), location);
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
     * @throws ApiException 503 if the board is not loaded yet
     */
    void requireLoaded() {
        requireLoaded(board);
    }

    /** The same, for operations on all services. */
    static void requireLoaded(StatusBoard board) {
        if (!board.isLoaded()) {
            throw new ApiException(503, Errors.STORE_UNREACHABLE);
        }
    }

    /**
     * Rejects a service outside the labels that the caller is confined to.
     *
     * @throws ApiException 403 if the caller is not allowed to access the service
     */
    static void refuseUnseen(RoutingContext context, @Nullable BoardEntry entry) {
        Sight sight = Access.caller(context).sight();
        if (entry != null && sight.isConfined() && !sight.sees(entry.service())) {
            throw new ApiException(403, "This key is limited to other services");
        }
    }

    /**
     * Restricts a query's list to the services that the caller is confined to.
     *
     * @param asked null for the whole list, of which confined callers get the first page
     * @throws ApiException 403 if it names other services
     */
    static @Nullable ListQuery confined(RoutingContext context, StatusBoard board, @Nullable ListQuery asked) {
        Sight sight = Access.caller(context).sight();
        if (!sight.isConfined()) {
            return asked;
        }
        ListQuery query = asked == null ? ListQuery.firstPage() : asked;
        query.names().forEach(name -> refuseUnseen(context, board.find(name)));
        return query.confinedTo(sight.within());
    }

    private static @Nullable Service seen(RoutingContext context, @Nullable BoardEntry entry) {
        refuseUnseen(context, entry);
        return entry != null && isSeen(context, entry.service()) ? entry.service() : null;
    }

    /** Returns whether the caller may know about a service. */
    static boolean isSeen(RoutingContext context, Service service) {
        return Access.caller(context).sight().sees(service);
    }
}
