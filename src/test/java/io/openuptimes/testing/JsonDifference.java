package io.openuptimes.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the first part of a JSON value that another one lacks or has differently, for a short message. */
public final class JsonDifference {

    private static final int SHOWN = 200;

    private JsonDifference() {}

    /** The path of the first difference with both values; empty if there is none. */
    public static Optional<String> between(@Nullable Object expected, @Nullable Object actual) {
        return Optional.ofNullable(find("", expected, actual));
    }

    private static @Nullable String find(String path, @Nullable Object expected, @Nullable Object actual) {
        if (Objects.equals(expected, actual)) {
            return null;
        }
        if (expected instanceof JsonObject one && actual instanceof JsonObject other) {
            for (String name : one.fieldNames()) { // later versions may add members
                String found = other.containsKey(name)
                        ? find(path + "." + name, one.getValue(name), other.getValue(name))
                        : path + "." + name + " is missing";
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (expected instanceof JsonArray one && actual instanceof JsonArray other) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                String found = find(path + "[" + i + "]", one.getValue(i), other.getValue(i));
                if (found != null) {
                    return found;
                }
            }
            return one.size() == other.size() ? null : path + " has " + other.size() + " instead of " + one.size();
        }
        return expected instanceof String one && actual instanceof String other
                ? inTexts(path, one, other)
                : path + " is " + cut(actual, 0) + " instead of " + cut(expected, 0);
    }

    private static String inTexts(String path, String expected, String actual) {
        int at = 0;
        while (at < Math.min(expected.length(), actual.length()) && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        int from = Math.max(0, at - SHOWN / 2);
        return path + " is …" + cut(actual, from) + " instead of …" + cut(expected, from);
    }

    private static String cut(@Nullable Object value, int from) {
        String text = String.valueOf(value);
        return text.substring(from, Math.min(text.length(), from + SHOWN));
    }
}
