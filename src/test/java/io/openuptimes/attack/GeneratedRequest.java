package io.openuptimes.attack;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of an attack.
 *
 * @param operationId in {@code openapi.yaml}
 * @param caller who sends it
 * @param uri path and query
 * @param headers besides the caller's
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
        /** Half of it, then nothing; the connection stays open for a while. */
        HALF,
        /** The whole, but its answer is not read. */
        UNREAD
    }

    /**
     * @param name for reports
     * @param scope the rank of what the caller may do: 0 nothing, 1 read, 2 write, 3 admin
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
