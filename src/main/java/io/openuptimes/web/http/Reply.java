package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A response that has not been sent yet.
 *
 * @param status the HTTP status
 * @param body a JSON object
 * @param tag entity tag of the body's content; null for none
 */
public record Reply(int status, JsonObject body, @Nullable String tag) {

    public void send(RoutingContext context) {
        if (tag != null && !context.response().headWritten()) {
            context.response().putHeader(HttpHeaders.ETAG, tag);
        }
        Answers.json(context, status, body);
    }
}
