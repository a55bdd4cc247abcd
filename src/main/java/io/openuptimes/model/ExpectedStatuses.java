package io.openuptimes.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Status codes that mean up: a list of codes and ranges, such as {@code 200-299,301,418}.
 *
 * @param ranges in the order given, at least one
 */
public record ExpectedStatuses(List<Range> ranges) {

    /** Codes from the first to the last, both included. */
    public record Range(int first, int last) {}

    public ExpectedStatuses {
        ranges = List.copyOf(ranges);
    }

    /**
     * @throws IllegalArgumentException with a message that says what is wrong, without the field's name
     */
    public static ExpectedStatuses of(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = code(ends[0]);
            int last = ends.length == 1 ? first : code(ends[1]);
            if (ends.length > 2 || last < first) {
                throw invalid();
            }
            ranges.add(new Range(first, last));
        }
        return new ExpectedStatuses(ranges);
    }

    private static int code(String digits) {
        String code = digits.strip();
        if (!code.matches("[1-9][0-9]{2}")) {
            throw invalid();
        }
        return Integer.parseInt(code);
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("must be codes from 100 to 999 and ranges of them, such as 200-299,301");
    }

    /** The first code of the list. */
    public int first() {
        return ranges.get(0).first();
    }

    public boolean contains(int code) {
        for (Range range : ranges) {
            if (code >= range.first() && code <= range.last()) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #of} takes it. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Range range : ranges) {
            parts.add(range.first() == range.last() ? "" + range.first() : range.first() + "-" + range.last());
        }
        return String.join(",", parts);
    }
}
