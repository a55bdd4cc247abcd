package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.model.Scope;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Fields;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code POST /api/services/restore}: undoes a deletion within the period given in its answer. */
final class RestoreHandler {

    private static final int MAX_ID = 100;

    private final Bus bus;
    private final NameWarnings warnings;

    RestoreHandler(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.warnings = new NameWarnings(board);
    }

    static List<Endpoint> of(WebContext web) {
        return new RestoreHandler(web.bus(), web.board()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.confined(
                "restoreService", HttpMethod.POST, "/api/services/restore", Scope.WRITE, this::restore));
    }

    private void restore(RoutingContext context) {
        String id = Fields.of(JsonBody.required(context), "id").required("id", 1, MAX_ID);
        bus.request(StoreMessage.RESTORE_SERVICE, new RestoreService(id, Access.authority(context)))
                .onSuccess(stored -> warnings.reply(context, 200, stored).send(context))
                .onFailure(context::fail);
    }
}
