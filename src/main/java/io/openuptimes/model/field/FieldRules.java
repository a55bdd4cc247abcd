package io.openuptimes.model.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a field, for programs and pages.
 *
 * @param name of the field
 * @param kind its JSON type
 * @param min smallest number; null for none
 * @param max largest number; null for none
 * @param minLength of a text, in characters
 * @param maxLength of a text, in characters; null for none
 * @param maxEntries of a list or object; null for none
 * @param pattern a regular expression that matches a text as a whole; null for none
 * @param separator of the entries of a text that is a list; null for none
 * @param keys the rules of an object's keys; null for none
 * @param entries the rules of an object's values or a list's entries; null for none
 * @param allowed values of a text; empty for any
 * @param required whether it must be given
 * @param secret whether its values, or some of them, are hidden and encrypted
 * @param serverSet whether only the server sets it; callers may send it back unchanged
 * @param derived whether it follows from other fields
 * @param asksForCheck whether a change requires a new check
 * @param repeats whether many services have the same value, so that one instance is kept for all
 * @param core whether it is present in every stored service; JSON without it was not written by a store
 * @param shownByAll whether services of other types show it with its default
 * @param format that the stored data must have for the field to be set; 1 for the first, which all versions read
 * @param after the preceding field in lists and exports; null for the one before it in its own list
 * @param replaces a field that a change of this one resets, see {@link FieldBuilder#replaces}; null for none
 * @param defaultFollows a field that, if given, determines the default; null for none
 * @param byDefault the JSON value if it is not set; null for none
 */
public record FieldRules(
        String name,
        FieldKind kind,
        @Nullable Integer min,
        @Nullable Integer max,
        int minLength,
        @Nullable Integer maxLength,
        @Nullable Integer maxEntries,
        @Nullable String pattern,
        @Nullable String separator,
        @Nullable EntryRules keys,
        @Nullable EntryRules entries,
        List<String> allowed,
        boolean required,
        boolean secret,
        boolean serverSet,
        boolean derived,
        boolean asksForCheck,
        boolean repeats,
        boolean core,
        boolean shownByAll,
        int format,
        @Nullable String after,
        @Nullable String replaces,
        @Nullable String defaultFollows,
        @Nullable Object byDefault) {

    public FieldRules {
        allowed = List.copyOf(allowed);
    }

    /** As JSON: bounds only where there are any, flags only where they are true. */
    public Map<String, Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("type", kind.type());
        map.put("default", byDefault);
        map.put("required", required);
        map.put("asksForCheck", asksForCheck);
        map.put("secret", secret);
        map.put("readOnly", serverSet);
        putGiven(map, "derived", derived ? true : null);
        putGiven(map, "defaultFollows", defaultFollows);
        putGiven(map, "min", min);
        putGiven(map, "max", max);
        putGiven(map, "minLength", minLength == 0 ? null : minLength);
        putGiven(map, "maxLength", maxLength);
        putGiven(map, "maxEntries", maxEntries);
        putGiven(map, "pattern", pattern);
        putGiven(map, "separator", separator);
        putGiven(map, "keys", keys == null ? null : keys.toMap());
        putGiven(map, "entries", entries == null ? null : entries.toMap());
        putGiven(map, "allowed", allowed.isEmpty() ? null : allowed);
        return nonNullView(map);
    }

    private static void putGiven(Map<String, @Nullable Object> map, String rule, @Nullable Object value) {
        if (value != null) {
            map.put(rule, value);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects contain nulls, which readers expect
    private static Map<String, Object> nonNullView(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) map;
    }
}
