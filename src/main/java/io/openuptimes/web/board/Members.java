package io.openuptimes.web.board;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object on their way into a text: those that are wanted, with the commas between them. */
final class Members {

    private final StringBuilder json;
    private final @Nullable Set<String> wanted;
    private char before = '{';

    /**
     * Begins the object.
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

    /** For a value that the caller appends. */
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

    /** Null for 0. */
    void number(String name, long number) {
        if (wants(name)) {
            JsonText.orNull(begin(name), number);
        }
    }

    void end() {
        json.append(before == '{' ? "{}" : "}");
    }
}
