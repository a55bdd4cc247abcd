package io.openuptimes.web;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.JsonBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /api/services/test}: what a check of a service would say, before it is stored. */
final class ServiceTestHandler {

    /** Given to a service that has no name yet; nobody sees it. */
    private static final String NAMELESS = "test";

    /** On top of what waiting and check may take. */
    private static final long SLACK_MILLIS = 5_000;

    private final Bus bus;

    ServiceTestHandler(Bus bus) {
        this.bus = bus;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.guarded("testService", HttpMethod.POST, "/api/services/test", Scope.WRITE, this::test));
    }

    private void test(RoutingContext context) {
        Service service = service(JsonBody.required(context));
        long timeout = TryService.WAIT_MS + service.timeout() + SLACK_MILLIS;
        bus.request(Addresses.TRY_SERVICE, new TryService(service), timeout)
                .onSuccess(tried -> Answers.json(
                        context,
                        new JsonObject()
                                .put("success", true)
                                .put("result", PingHandler.put(new JsonObject(), tried.result(), true))))
                .onFailure(context::fail);
    }

    private static Service service(Map<String, Object> body) {
        Map<String, Object> fields = new HashMap<>(body);
        if (fields.get("name") == null) {
            fields.put("name", NAMELESS);
        }
        try {
            return ServiceFields.parse(fields, NAMELESS, 0);
        } catch (InvalidInputException e) {
            throw new ApiException(400, String.valueOf(e.getMessage()));
        }
    }
}
