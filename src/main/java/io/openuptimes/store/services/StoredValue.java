package io.openuptimes.store.services;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value of unknown meaning, to be written again as it is. */
final class StoredValue {

    private StoredValue() {}

    /** The value at the parser's current token, in unmodifiable maps and lists. */
    static @Nullable Object read(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT -> in.getNumberValue();
            case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("not a value");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser in) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            object.put(name, read(in));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<@Nullable Object> array(JsonParser in) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(in));
        }
        return Collections.unmodifiableList(array);
    }
}
