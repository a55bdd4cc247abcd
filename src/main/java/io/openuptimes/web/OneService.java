package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReplaceService;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.model.Service;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to one service, shared by all operations, whether they address it by id or by name. */
final class OneService {

    private final Bus bus;
    private final StatusBoard board;
    private final NameWarnings warnings;

    OneService(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.board = board;
        this.warnings = new NameWarnings(board);
    }

    void replace(RoutingContext context, ServiceRef which) {
        Map<String, Object> fields = ServiceBody.replacing(context, shown(which));
        ReplaceService asked = new ReplaceService(which, fields, IfMatch.tags(context), Access.authority(context));
        answer(context, bus.request(StoreMessage.REPLACE_SERVICE, asked));
    }

    void patch(RoutingContext context, ServiceRef which) {
        Map<String, Object> fields = ServiceBody.changing(context, shown(which));
        PatchService asked = new PatchService(which, fields, IfMatch.tags(context), Access.authority(context));
        answer(context, bus.request(StoreMessage.PATCH_SERVICE, asked));
    }

    private @Nullable Service shown(ServiceRef which) {
        BoardEntry entry =
                switch (which.by()) {
                    case ID -> board.findById(which.text());
                    case NAME -> board.find(which.text());
                };
        return entry == null ? null : entry.service();
    }

    private void answer(RoutingContext context, Future<ServiceStored> change) {
        change.onSuccess(stored -> warnings.reply(context, 200, stored).send(context))
                .onFailure(context::fail);
    }

    void delete(RoutingContext context, ServiceRef which) {
        DeleteService asked = new DeleteService(which, IfMatch.tags(context), Access.authority(context));
        bus.request(StoreMessage.DELETE_SERVICE, asked)
                .onSuccess(deleted -> {
                    AuditNote.of(context).service(deleted.service(), null);
                    JsonObject undo =
                            new JsonObject().put("id", deleted.service().id()).put("until", deleted.until());
                    Answers.json(
                            context,
                            new JsonObject()
                                    .put("success", true)
                                    .put("message", "Service deleted")
                                    .put("undo", undo));
                })
                .onFailure(context::fail);
    }
}
