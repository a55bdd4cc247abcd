package io.openuptimes.attack;

import io.openuptimes.attack.GeneratedRequest.Caller;
import io.openuptimes.attack.GeneratedRequest.Manner;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generates requests from {@code openapi.yaml}: half of them valid, the others with one defect. */
final class RequestGenerator {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Operations that hash a password or end what other requests need; sent rarely. */
    private static final Set<String> RARE =
            Set.of("login", "changePassword", "endSessions", "logout", "completeSetup", "clearHistory", "pingServices");

    private static final List<String> ACCEPTS =
            List.of("*/*", "application/json", "application/x-ndjson", "text/csv", "text/html", "", "x", "a/b;q=9");
    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain", "application/x-ndjson", "application/merge-patch+json", "", "json", "multipart/form-data");
    private static final List<String> TAGS = List.of("*", "\"x\"", "W/\"x\"", "x", "\"".repeat(99));

    /** An operation of the OpenAPI document. */
    private record Operation(String id, String method, String path, JsonObject description) {}

    private final SchemaValues values;
    private final JsonValues broken;
    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private @Nullable GeneratedRequest tagged;

    RequestGenerator(JsonObject document, SchemaValues values, Random random) {
        this.values = values;
        this.broken = new JsonValues(random);
        this.random = random;
        document.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue()).forEach(member -> {
            if (METHODS.contains(member.getKey())) {
                JsonObject description = (JsonObject) member.getValue();
                operations.add(new Operation(
                        description.getString("operationId"),
                        member.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        description));
            }
        }));
    }

    /**
     * @param callers one of them is chosen as the sender
     */
    GeneratedRequest next(List<Caller> callers) {
        Operation operation = operation();
        boolean valid = random.nextBoolean();
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        String uri = uri(operation, valid, headers);
        Buffer body = body(operation, valid, headers);
        if (!valid) {
            oddHeaders(headers);
        }
        int chance = random.nextInt(20);
        Manner manner = chance == 0 ? Manner.HALF : chance == 1 ? Manner.UNREAD : Manner.WHOLE;
        GeneratedRequest request = new GeneratedRequest(
                operation.id(),
                callers.get(random.nextInt(callers.size())),
                method(operation, manner),
                uri,
                List.copyOf(headers),
                body,
                manner);
        GeneratedRequest known = tagged;
        return random.nextInt(40) == 0 && known != null && callers.contains(known.caller()) ? known : request;
    }

    /** Remembers a response's ETag, for conditional repetitions of the request. */
    void answered(GeneratedRequest request, String tag) {
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        headers.removeIf(header -> header.getKey().equals("If-None-Match"));
        headers.add(Map.entry("If-None-Match", tag));
        tagged = request.with(headers);
    }

    /** HEAD is allowed wherever GET is. */
    private String method(Operation operation, Manner manner) {
        boolean head = operation.method().equals("GET") && manner == Manner.WHOLE && random.nextInt(10) == 0;
        return head ? "HEAD" : operation.method();
    }

    private Operation operation() {
        Operation operation = operations.get(random.nextInt(operations.size()));
        return RARE.contains(operation.id()) && random.nextInt(20) > 0 ? operation() : operation;
    }

    private String uri(Operation operation, boolean valid, List<Map.Entry<String, String>> headers) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (Object reference : operation.description().getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = values.resolved((JsonObject) reference);
            String name = parameter.getString("name");
            String value = parameter(name, parameter, valid);
            boolean given = parameter.getBoolean("required", false) || random.nextInt(4) == 0;
            switch (parameter.getString("in")) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? "x" : value));
                case "query" -> {
                    if (given) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(encoded(value));
                    }
                }
                case "header" -> {
                    if (given && value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
                        headers.add(Map.entry(name, value));
                    }
                }
                default -> throw new AssertionError(parameter);
            }
        }
        if (!valid && random.nextInt(6) == 0) {
            query.append(query.isEmpty() ? '?' : '&').append(random.nextBoolean() ? "unknown=1" : "%zz=%C3");
        }
        return path + query;
    }

    private String parameter(String name, JsonObject parameter, boolean valid) {
        Object value = valid || random.nextInt(3) > 0
                ? values.value(name, parameter.getJsonObject("schema", new JsonObject()))
                : broken.wrongValue();
        if (value instanceof JsonArray array) {
            value = array.isEmpty() ? "" : array.getValue(0);
        }
        return String.valueOf(value).replace("\u0001", "");
    }

    private @Nullable Buffer body(Operation operation, boolean valid, List<Map.Entry<String, String>> headers) {
        JsonObject reference = operation.description().getJsonObject("requestBody");
        if (reference == null) {
            return valid || random.nextInt(10) > 0 ? null : Buffer.buffer("{}");
        }
        JsonObject content = values.resolved(reference).getJsonObject("content");
        String type = new ArrayList<>(content.fieldNames()).get(random.nextInt(content.size()));
        Object value = values.value("", content.getJsonObject(type).getJsonObject("schema", new JsonObject()));
        headers.add(Map.entry("Content-Type", type));
        String text = valid ? JsonValues.text(value) : broken.broken(value);
        Buffer body = Buffer.buffer(text);
        if (!valid && random.nextInt(20) == 0) {
            body.appendByte((byte) 0xC3).appendByte((byte) 0x28); // invalid UTF-8
        }
        return body;
    }

    private void oddHeaders(List<Map.Entry<String, String>> headers) {
        if (random.nextInt(4) == 0) {
            headers.add(Map.entry("Accept", one(ACCEPTS)));
        }
        if (random.nextInt(6) == 0) {
            headers.removeIf(header -> header.getKey().equals("Content-Type"));
            headers.add(Map.entry("Content-Type", one(CONTENT_TYPES)));
        }
        if (random.nextInt(6) == 0) {
            headers.add(Map.entry(random.nextBoolean() ? "If-Match" : "If-None-Match", one(TAGS)));
        }
        if (random.nextInt(6) == 0) {
            headers.add(
                    Map.entry("Idempotency-Key", random.nextInt(9) == 0 ? "x".repeat(300) : "k" + random.nextInt(50)));
        }
        if (random.nextInt(12) == 0) {
            headers.add(Map.entry("X-Forwarded-For", random.nextBoolean() ? "192.0.2.1" : "nobody, , [::1]:x"));
        }
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
