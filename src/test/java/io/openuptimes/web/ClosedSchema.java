package io.openuptimes.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema in which objects allow only documented members, to detect undocumented ones. References are resolved, and
 * the parts of {@code allOf} are merged into one object.
 */
final class ClosedSchema {

    private final JsonObject schemas;

    /** @param schemas the document's schemas by name */
    ClosedSchema(JsonObject schemas) {
        this.schemas = schemas;
    }

    JsonObject of(JsonObject schema) {
        JsonObject whole = whole(schema);
        JsonObject closed = new JsonObject();
        for (Map.Entry<String, Object> member : whole) {
            closed.put(member.getKey(), inner(member.getKey(), member.getValue()));
        }
        if (whole.containsKey("properties") && !whole.containsKey("additionalProperties")) {
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    private @Nullable Object inner(String keyword, @Nullable Object value) {
        if (keyword.equals("properties") && value instanceof JsonObject properties) {
            JsonObject closed = new JsonObject();
            properties.forEach(property -> closed.put(property.getKey(), of((JsonObject) property.getValue())));
            return closed;
        }
        if ((keyword.equals("items") || keyword.equals("additionalProperties")) && value instanceof JsonObject schema) {
            return of(schema);
        }
        if ((keyword.equals("anyOf") || keyword.equals("oneOf")) && value instanceof JsonArray choices) {
            JsonArray closed = new JsonArray();
            choices.forEach(choice -> closed.add(of((JsonObject) choice)));
            return closed;
        }
        return value;
    }

    /** With references resolved and {@code allOf} merged. */
    private JsonObject whole(JsonObject schema) {
        JsonObject whole = new JsonObject();
        if (schema.containsKey("$ref")) {
            merge(whole, whole(schemas.getJsonObject(schema.getString("$ref").replace("#/components/schemas/", ""))));
        }
        schema.getJsonArray("allOf", new JsonArray()).forEach(part -> merge(whole, whole((JsonObject) part)));
        JsonObject own = schema.copy();
        own.remove("$ref");
        own.remove("allOf");
        merge(whole, own);
        return whole;
    }

    private static void merge(JsonObject into, JsonObject part) {
        for (Map.Entry<String, Object> member : part) {
            switch (member.getKey()) {
                case "properties", "dependentRequired" ->
                    into.put(
                            member.getKey(),
                            into.getJsonObject(member.getKey(), new JsonObject())
                                    .mergeIn((JsonObject) member.getValue()));
                case "required" ->
                    into.put(
                            "required",
                            into.getJsonArray("required", new JsonArray())
                                    .copy()
                                    .addAll((JsonArray) member.getValue()));
                default -> into.put(member.getKey(), member.getValue());
            }
        }
    }
}
