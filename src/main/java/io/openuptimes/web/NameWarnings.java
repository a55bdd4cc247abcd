package io.openuptimes.web;

import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.LookAlikes;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code warnings} to answers about changes: new names that look like those of other services visible to the
 * caller. Omits the member if there are none.
 */
final class NameWarnings {

    /** Per answer. */
    private static final int MAX_WARNINGS = 100;

    private final StatusBoard board;

    NameWarnings(StatusBoard board) {
        this.board = board;
    }

    /** Builds the answer to a change of one service and notes it for the audit log. */
    Reply reply(RoutingContext context, int status, ServiceStored stored) {
        Service service = stored.service();
        AuditNote.of(context).service(stored.before(), service);
        JsonObject body = new JsonObject()
                .put("success", true)
                .put("service", new JsonObject(ServiceView.of(service, Disclosure.WRITER)));
        Service before = stored.before();
        if (before == null || !before.name().equals(service.name())) {
            String other = board.findAlike(service.name(), some -> SeenServices.isSeen(context, some));
            if (other != null) {
                body.put("warnings", new JsonArray().add("name: " + like(other)));
            }
        }
        return new Reply(status, body, ServiceTag.of(service));
    }

    /** The same for bulk changes. */
    Reply add(RoutingContext context, BulkAnswer answer, Reply reply) {
        if (answer instanceof BulkDone done) {
            Many many = new Many(context);
            done.createdNames().forEach(name -> many.look(name, ""));
            done.changedNames().stream()
                    .filter(changed -> changed.fields().contains("name"))
                    .forEach(changed -> many.look(changed.name(), changed.id()));
            if (!many.warnings.isEmpty()) {
                reply.body().put("warnings", many.warnings);
            }
        }
        return reply;
    }

    private static String like(String other) {
        return "looks like \"" + other + "\"";
    }

    private final class Many {
        final RoutingContext context;
        final JsonArray warnings = new JsonArray();
        /** By folded name; in a dry run, none of these services is on the board. */
        final Map<String, String> names = new HashMap<>();

        Many(RoutingContext context) {
            this.context = context;
        }

        /**
         * @param id of the service, if it already existed
         */
        void look(String name, String id) {
            String before = names.putIfAbsent(LookAlikes.fold(name), name);
            String other = before != null ? before : onBoard(name, id);
            if (other != null && warnings.size() < MAX_WARNINGS) {
                warnings.add("\"" + name + "\": name: " + like(other));
            }
        }

        private @Nullable String onBoard(String name, String id) {
            return board.findAlike(name, some -> !some.id().equals(id) && SeenServices.isSeen(context, some));
        }
    }
}
