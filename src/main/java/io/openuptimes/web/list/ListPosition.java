package io.openuptimes.web.list;

import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.Errors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A position in a sorted list of services: that of the last entry shown, even if it no longer exists.
 *
 * @param sort the list's sort key
 * @param descending whether the order is reversed
 * @param value the entry's sort value
 * @param group the entry's group
 * @param name the entry's name
 */
public record ListPosition(SortKey sort, boolean descending, long value, String group, String name) {

    /** A position in the list sorted by name. */
    static ListPosition ofName(boolean descending, String name) {
        return new ListPosition(SortKey.NAME, descending, 0, "", name);
    }

    /** The opaque form for callers. None of its parts contains a line break. */
    String cursor() {
        String text = (descending ? "-" : "+") + sort.word() + '\n' + value + '\n' + group + '\n' + name;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws ApiException 400 if the cursor is invalid or belongs to a list with another order
     */
    static ListPosition parse(String cursor, SortKey sort, boolean descending) {
        String[] parts = decoded(cursor).split("\n", -1);
        if (parts.length != 4 || !parts[1].matches("-1|[0-9]{1,18}")) {
            throw unknown();
        }
        if (!parts[0].equals((descending ? "-" : "+") + sort.word())) {
            throw Errors.invalid("cursor", "belongs to a list with a different sort order");
        }
        return new ListPosition(sort, descending, Long.parseLong(parts[1]), parts[2], parts[3]);
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static ApiException unknown() {
        return Errors.invalid("cursor", "is not valid; use the one from the previous page");
    }

    static int compareValues(long left, long right, boolean descending) {
        if (left == right) {
            return 0;
        }
        if (left == SortKey.NONE || right == SortKey.NONE) {
            return left == SortKey.NONE ? 1 : -1;
        }
        return descending ? Long.compare(right, left) : Long.compare(left, right);
    }
}
