package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.Ping;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/test-redis}: whether the store responds. */
final class RedisTestHandler {

    private static final Logger log = LoggerFactory.getLogger(RedisTestHandler.class);
    private static final long TIMEOUT_MILLIS = 5_000;

    private final Bus bus;

    RedisTestHandler(Bus bus) {
        this.bus = bus;
    }

    static List<Endpoint> of(WebContext web) {
        return new RedisTestHandler(web.bus()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("testRedis", HttpMethod.GET, "/api/test-redis", this::test));
    }

    private void test(RoutingContext context) {
        bus.request(StoreMessage.PING, new Ping(), TIMEOUT_MILLIS)
                .onSuccess(pong -> Answers.json(
                        context, new JsonObject().put("connected", true).put("ping", pong.answer())))
                .onFailure(e -> {
                    if (Failures.codeOf(e) != Failures.STORE_UNREACHABLE) {
                        log.warn("Redis does not answer a ping: {}", e.getMessage());
                    }
                    Answers.json(
                            context,
                            503,
                            Errors.body(503, Errors.STORE_UNREACHABLE)
                                    .put("connected", false)
                                    .putNull("ping"));
                });
    }
}
