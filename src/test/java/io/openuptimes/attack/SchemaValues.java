package io.openuptimes.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Values allowed by a schema of the OpenAPI document. Names come from a small pool, so that requests hit the same
 * services; URLs point only to the test's own target, so that no request leaves this machine.
 */
final class SchemaValues {

    private static final int NAMES = 40;
    private static final int MOST_ITEMS = 4;
    private static final int MOST_CHARACTERS = 40;
    private static final int MAX_DEPTH = 8;

    private final JsonObject document;
    private final String target;
    private final Random random;

    /**
     * @param document the whole of {@code openapi.yaml}
     * @param target URL of a server that answers {@code /200}, {@code /500} and so on
     */
    SchemaValues(JsonObject document, String target, Random random) {
        this.document = document;
        this.target = target;
        this.random = random;
    }

    /** Resolves a {@code $ref} within the document. */
    JsonObject resolved(JsonObject part) {
        JsonObject found = part;
        while (found.containsKey("$ref")) {
            JsonObject at = document;
            for (String step : found.getString("$ref").substring(2).split("/", -1)) {
                at = at.getJsonObject(step);
            }
            found = at;
        }
        return found;
    }

    /** A value for the member or parameter {@code name}. */
    @Nullable
    Object value(String name, JsonObject schema) {
        return value(name, schema, 0);
    }

    private @Nullable Object value(String name, JsonObject reference, int depth) {
        JsonObject schema = resolved(reference);
        Object known = known(name);
        if (known != null) {
            return known;
        }
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        if (schema.containsKey("enum")) {
            JsonArray choices = schema.getJsonArray("enum");
            return choices.getValue(random.nextInt(choices.size()));
        }
        for (String either : List.of("anyOf", "oneOf")) {
            if (schema.containsKey(either)) {
                JsonArray choices = schema.getJsonArray(either);
                return value(name, choices.getJsonObject(random.nextInt(choices.size())), depth);
            }
        }
        if (schema.containsKey("allOf")) {
            JsonObject all = new JsonObject();
            schema.getJsonArray("allOf").forEach(part -> {
                if (value(name, (JsonObject) part, depth) instanceof JsonObject object) {
                    all.mergeIn(object);
                }
            });
            return all;
        }
        return ofType(name, schema, depth);
    }

    private @Nullable Object ofType(String name, JsonObject schema, int depth) {
        Object type = schema.getValue("type");
        if (type instanceof JsonArray types) {
            type = types.getValue(random.nextInt(types.size()));
        }
        return switch (String.valueOf(type)) {
            case "integer", "number" -> number(schema);
            case "boolean" -> random.nextBoolean();
            case "array" -> array(name, schema, depth);
            case "object" -> object(schema, depth);
            case "string" -> text(schema);
            default -> null;
        };
    }

    /** Fixed values for members that must not be random, would slow a request down, or would reach other machines. */
    private @Nullable Object known(String name) {
        return switch (name) {
            case "url" -> target + (random.nextInt(10) == 0 ? "500" : "200");
            case "name", "serviceName", "service", "dependsOn" -> name();
            case "timeout" -> 100 + random.nextInt(400);
            case "interval" -> 3_600;
            case "wait" -> random.nextInt(2);
            case "headers" -> new JsonObject().put("X-Test", "a" + random.nextInt(9));
            case "labels" -> new JsonObject().put("team", "t" + random.nextInt(3));
            case "label", "selector" -> "team=t" + random.nextInt(3);
            case "locations" -> new JsonArray();
            case "quorum" -> JsonValues.ABSENT;
            default -> null;
        };
    }

    String name() {
        return "Service " + random.nextInt(NAMES);
    }

    private Object number(JsonObject schema) {
        long min = schema.getLong("minimum", 0L);
        long max = schema.getLong("maximum", min + 100_000);
        return min + (long) (random.nextDouble() * (max - min));
    }

    private String text(JsonObject schema) {
        int min = schema.getInteger("minLength", 0);
        int max = Math.max(min, Math.min(schema.getInteger("maxLength", MOST_CHARACTERS), MOST_CHARACTERS));
        int length = min + random.nextInt(max - min + 1);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private JsonArray array(String name, JsonObject schema, int depth) {
        JsonArray array = new JsonArray();
        int most = Math.min(schema.getInteger("maxItems", MOST_ITEMS), MOST_ITEMS);
        int items = depth > MAX_DEPTH ? 0 : random.nextInt(most + 1);
        for (int i = 0; i < items; i++) {
            array.add(value(name, schema.getJsonObject("items", new JsonObject()), depth + 1));
        }
        return array;
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject object = new JsonObject();
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        List<String> members = new ArrayList<>(
                schema.getJsonObject("properties", new JsonObject()).fieldNames());
        for (String member : members) {
            if (required.contains(member) || (depth < MAX_DEPTH && random.nextInt(3) == 0)) {
                Object value = value(member, schema.getJsonObject("properties").getJsonObject(member), depth + 1);
                if (value != JsonValues.ABSENT) {
                    object.put(member, value);
                }
            }
        }
        return object;
    }
}
