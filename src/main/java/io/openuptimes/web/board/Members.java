package io.openuptimes.web.board;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the selected members of a JSON object, with commas between them. */
final class Members {

    private final StringBuilder json;
    private final @Nullable Set<String> wanted;
    private char before = '{';

    /**
     * Starts the object.
     *
     * @param wanted names; null for all
     */
    Members(StringBuilder json, @Nullable Set<String> wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    boolean wants(String name) {
        return wanted == null || wanted.contains(name);
    }

    /** Starts a member whose value the caller appends. */
    StringBuilder begin(String name) {
        json.append(before);
        before = ',';
        JsonText.quote(json, name);
        return json.append(':');
    }

    void text(String name, String text) {
        if (wants(name)) {
            JsonText.quote(begin(name), text);
        }
    }

    void value(String name, boolean value) {
        if (wants(name)) {
            begin(name).append(value);
        }
    }

    void value(String name, int value) {
        if (wants(name)) {
            begin(name).append(value);
        }
    }

    /** Writes null for 0. */
    void number(String name, long number) {
        if (wants(name)) {
            JsonText.orNull(begin(name), number);
        }
    }

    void end() {
        json.append(before == '{' ? "{}" : "}");
    }
}
