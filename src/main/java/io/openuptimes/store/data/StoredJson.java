package io.openuptimes.store.data;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;

/** Reads records stored as JSON objects. A damaged or unknown record must not affect others. */
public final class StoredJson {

    private StoredJson() {}

    /**
     * @param reader throws what {@link JsonObject} and {@link #required} throw for unexpected members
     * @throws IllegalArgumentException if the text is not an object, or the reader cannot read it
     */
    public static <T> T read(String text, Function<JsonObject, T> reader) {
        JsonObject object;
        try {
            object = new JsonObject(text);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("it is no JSON object"); // the cause would show the text
        }
        Map<String, Object> members = object.getMap();
        if (members == null) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        try {
            return reader.apply(object);
        } catch (ClassCastException | NumberFormatException | NullPointerException e) {
            throw new IllegalArgumentException("a member is null or of another type");
        }
    }

    /**
     * @throws IllegalArgumentException if there is no such text
     */
    public static String required(JsonObject object, String member) {
        if (object.getValue(member) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no " + member);
    }

    /**
     * @throws IllegalArgumentException if there is no such number
     */
    public static long requiredLong(JsonObject object, String member) {
        if (object.getValue(member) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("it has no " + member);
    }
}
