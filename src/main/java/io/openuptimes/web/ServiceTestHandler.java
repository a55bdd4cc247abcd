package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.HiddenValues;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Scope;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.CertificateJson;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.Permission;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/services/test}: runs a check of a service before it is stored. */
final class ServiceTestHandler {

    /** Internal name for a service that has none yet. */
    private static final String NAMELESS = "test";

    /** Added to the maximum time for waiting and checking; includes a look at this node's own network. */
    private static final long SLACK_MILLIS = 20_000;

    private final Bus bus;
    private final StatusBoard board;

    ServiceTestHandler(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.board = board;
    }

    static List<Endpoint> of(WebContext web) {
        return new ServiceTestHandler(web.bus(), web.board()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.confined("testService", HttpMethod.POST, "/api/services/test", Scope.WRITE, this::test));
    }

    private void test(RoutingContext context) {
        Service service = service(context, JsonBody.required(context));
        AuditNote.of(context).omit(); // nothing is changed
        long timeout = TryService.WAIT_MS + service.timeout() + SLACK_MILLIS;
        bus.request(CheckMessage.TRY_SERVICE, new TryService(service), timeout)
                .compose(tried -> Permission.confirm(context).map(tried))
                .onSuccess(tried -> Answers.json(
                        context, new JsonObject().put("success", true).put("result", result(tried.result()))))
                .onFailure(context::fail);
    }

    private JsonObject result(CheckResult result) {
        Peer peer = result.peer();
        ServerCertificate certificate = peer == null ? null : peer.certificate();
        return PingHandler.put(new JsonObject(), result, Disclosure.WRITER)
                .put(
                        "certificate",
                        certificate == null ? null : CertificateJson.of(DatedCertificate.of(certificate, board.now())));
    }

    /** Redacted values come from the stored service that {@code id}, or else {@code name}, refers to. */
    private Service service(RoutingContext context, Map<String, Object> body) {
        Map<String, Object> fields = new HashMap<>(body);
        Service stored = stored(context, fields.remove("id"), fields.get("name"));
        if (fields.get("name") == null) {
            fields.put("name", NAMELESS);
        }
        try {
            return HiddenValues.restore(ServiceFields.parse(fields, NAMELESS, 0), stored);
        } catch (InvalidInputException e) {
            throw new ApiException(400, e.what());
        }
    }

    private @Nullable Service stored(RoutingContext context, @Nullable Object id, @Nullable Object name) {
        if (id != null) {
            BoardEntry entry = id instanceof String text ? board.findById(text) : null;
            if (entry == null) {
                throw Errors.invalid("id", "no service has this id");
            }
            SeenServices.refuseUnseen(context, entry);
            return entry.service();
        }
        BoardEntry entry = name instanceof String text ? board.find(text) : null;
        SeenServices.refuseUnseen(context, entry);
        return entry == null ? null : entry.service();
    }
}
