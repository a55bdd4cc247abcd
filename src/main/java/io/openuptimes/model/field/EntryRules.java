package io.openuptimes.model.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a field's entries, or of their keys, which the field's reader must enforce.
 *
 * @param pattern a regular expression that matches each as a whole; null for none
 * @param maxLength in characters; null for none
 * @param reserved refused words, in lower case; they are refused in any case
 * @param secret a regular expression for a part of a key in any case; the values of such keys are secret; null for none
 */
public record EntryRules(
        @Nullable String pattern,
        @Nullable Integer maxLength,
        List<String> reserved,
        @Nullable String secret) {

    public EntryRules {
        reserved = List.copyOf(reserved);
    }

    public static EntryRules matching(String pattern) {
        return new EntryRules(pattern, null, List.of(), null);
    }

    public static EntryRules ofLength(int max) {
        return new EntryRules(null, max, List.of(), null);
    }

    /** As JSON: only the rules that there are. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (pattern != null) {
            map.put("pattern", pattern);
        }
        if (maxLength != null) {
            map.put("maxLength", maxLength);
        }
        if (!reserved.isEmpty()) {
            map.put("reserved", reserved);
        }
        if (secret != null) {
            map.put("secret", secret);
        }
        return map;
    }
}
