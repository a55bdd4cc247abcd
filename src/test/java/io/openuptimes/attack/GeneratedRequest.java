package io.openuptimes.attack;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of an attack.
 *
 * @param operationId in {@code openapi.yaml}
 * @param caller the sender
 * @param uri path and query
 * @param headers in addition to the caller's
 * @param body null for none
 * @param manner how it is sent
 */
record GeneratedRequest(
        String operationId,
        Caller caller,
        String method,
        String uri,
        List<Map.Entry<String, String>> headers,
        @Nullable Buffer body,
        Manner manner) {

    enum Manner {
        WHOLE,
        /** Sends half of it, then nothing; the connection stays open for a while. */
        HALF,
        /** Sends it completely but does not read the response. */
        UNREAD
    }

    /**
     * @param name for reports
     * @param scope the caller's access level: 0 none, 1 read, 2 write, 3 admin
     */
    record Caller(String name, int scope, List<Map.Entry<String, String>> headers) {}

    GeneratedRequest with(List<Map.Entry<String, String>> otherHeaders) {
        return new GeneratedRequest(operationId, caller, method, uri, List.copyOf(otherHeaders), body, manner);
    }

    @Override
    public String toString() {
        String text = body == null ? "" : body.toString();
        return operationId + " by " + caller.name() + ": " + method + " " + uri + " " + headers + " "
                + (text.length() > 300 ? text.substring(0, 300) + "…" : text);
    }
}
