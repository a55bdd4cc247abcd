package io.openuptimes.web;

import io.openuptimes.model.Excerpt;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value before and after a change, short enough for a list of changes. Cut so that the difference remains: long texts
 * begin shortly before it, and large maps have only the members that differ. An ellipsis marks where text was cut off.
 *
 * @param before as JSON
 * @param after as JSON; differs from {@code before} if the given values do
 */
record ShownChange(@Nullable Object before, @Nullable Object after) {

    private static final int MAX_TEXT = 200;
    /** UTF-16 units shown before the first difference. */
    private static final int CONTEXT = 40;

    private static final int MAX_MEMBERS = 20;

    static ShownChange of(@Nullable Object before, @Nullable Object after) {
        if (before instanceof Map<?, ?> was && after instanceof Map<?, ?> is) {
            return members(was, is);
        }
        if (before instanceof Collection<?> || after instanceof Collection<?>) {
            return new ShownChange(before, after);
        }
        if (before instanceof String was && after instanceof String is) {
            int start = start(was, is);
            return new ShownChange(from(was, start), from(is, start));
        }
        return new ShownChange(alone(before), alone(after));
    }

    private static ShownChange members(Map<?, ?> was, Map<?, ?> is) {
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        Map<String, @Nullable Object> after = new LinkedHashMap<>();
        boolean few = was.size() <= MAX_MEMBERS && is.size() <= MAX_MEMBERS;
        was.forEach((key, old) -> {
            Object now = is.get(key);
            if (before.size() < MAX_MEMBERS && (few || !Objects.equals(old, now))) {
                ShownChange change = of(old, now);
                before.put(String.valueOf(key), change.before);
                if (is.containsKey(key)) {
                    after.put(String.valueOf(key), change.after);
                }
            }
        });
        is.forEach((key, now) -> {
            if (!was.containsKey(key) && after.size() < MAX_MEMBERS) {
                after.put(String.valueOf(key), alone(now));
            }
        });
        return new ShownChange(before, after);
    }

    private static @Nullable Object alone(@Nullable Object value) {
        return value instanceof String text ? from(text, 0) : value;
    }

    /** Where both texts are shown from. */
    private static int start(String was, String is) {
        int length = Math.min(was.length(), is.length());
        int same = 0;
        while (same < length && was.charAt(same) == is.charAt(same)) {
            same++;
        }
        int start = same < MAX_TEXT - CONTEXT ? 0 : same - CONTEXT;
        return start > 0 && Character.isLowSurrogate(was.charAt(start)) ? start - 1 : start;
    }

    private static String from(String text, int start) {
        String shown = Excerpt.of(text.substring(start), MAX_TEXT);
        return start == 0 ? shown : "…" + shown;
    }
}
