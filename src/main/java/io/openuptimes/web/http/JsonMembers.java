package io.openuptimes.web.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the selected members of a JSON object, with commas between them. */
public final class JsonMembers {

    private final StringBuilder json;
    private final @Nullable Set<String> wanted;
    private char before = '{';

    /**
     * Starts the object.
     *
     * @param wanted names; null for all
     */
    public JsonMembers(StringBuilder json, @Nullable Set<String> wanted) {
        this.json = json;
        this.wanted = wanted;
    }

    public boolean wants(String name) {
        return wanted == null || wanted.contains(name);
    }

    /** Starts a member whose value the caller appends. */
    public StringBuilder begin(String name) {
        json.append(before);
        before = ',';
        JsonText.quote(json, name);
        return json.append(':');
    }

    public void text(String name, String text) {
        if (wants(name)) {
            JsonText.quote(begin(name), text);
        }
    }

    public void value(String name, boolean value) {
        if (wants(name)) {
            begin(name).append(value);
        }
    }

    public void value(String name, int value) {
        if (wants(name)) {
            begin(name).append(value);
        }
    }

    /** Writes null for 0. */
    public void number(String name, long number) {
        if (wants(name)) {
            JsonText.orNull(begin(name), number);
        }
    }

    public void end() {
        json.append(before == '{' ? "{}" : "}");
    }
}
