package io.openuptimes.web.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not sent yet.
 *
 * @param status the HTTP status
 * @param body a JSON object
 * @param tag of what the body shows, for the header {@code ETag}; null for none
 */
public record Reply(int status, JsonObject body, @Nullable String tag) {

    public void send(RoutingContext context) {
        if (tag != null && !context.response().headWritten()) {
            context.response().putHeader(HttpHeaders.ETAG, tag);
        }
        Answers.json(context, status, body);
    }
}
