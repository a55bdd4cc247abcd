package io.openuptimes.check.type.http;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status codes that mean up, as a list of codes and ranges, such as {@code 200-299,301,418}.
 *
 * @param ranges in the given order, 1 to {@value #MAX_RANGES}
 */
public record ExpectedStatuses(List<Range> ranges) {

    static final String FIELD = "expectedStatuses";
    static final int MIN_CODE = 100;
    static final int MAX_CODE = 999;

    /** Limits the work of each check. */
    static final int MAX_RANGES = 20;

    /** Leaves room for white space between codes. */
    static final int MAX_TEXT = 200;

    static final String SEPARATOR = ",";

    static final Pattern RANGE = Pattern.compile("\\s*([1-9][0-9]{2})\\s*(?:-\\s*([1-9][0-9]{2})\\s*)?");

    /** Codes from first to last, inclusive. */
    public record Range(int first, int last) {}

    public ExpectedStatuses {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads the value of a field.
     *
     * @param given expected to be a string
     * @throws InvalidInputException if it is anything else or invalid
     */
    static ExpectedStatuses parse(String field, Object given) throws InvalidInputException {
        if (!(given instanceof String text)) {
            throw new InvalidInputException(
                    Problem.wrongType(field, "must be a string such as \"200-299,301\"", "string"));
        }
        try {
            return of(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Parses a list; white space is allowed between codes.
     *
     * @throws IllegalArgumentException with a message that describes the problem without the field's name
     */
    public static ExpectedStatuses of(String text) {
        String[] parts = text.split(SEPARATOR, MAX_RANGES + 1);
        if (text.length() > MAX_TEXT || parts.length > MAX_RANGES) {
            throw new IllegalArgumentException(
                    "must have at most " + MAX_RANGES + " codes and ranges and " + MAX_TEXT + " characters");
        }
        List<Range> ranges = new ArrayList<>(parts.length);
        for (String part : parts) {
            ranges.add(range(part));
        }
        return new ExpectedStatuses(ranges);
    }

    private static Range range(String text) {
        Matcher codes = RANGE.matcher(text);
        if (codes.matches()) {
            int first = Integer.parseInt(codes.group(1));
            int last = codes.group(2) == null ? first : Integer.parseInt(codes.group(2));
            if (first <= last) {
                return new Range(first, last);
            }
        }
        throw new IllegalArgumentException(
                "must list codes from " + MIN_CODE + " to " + MAX_CODE + " or ranges of them, such as 200-299,301");
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

    /** The form that {@link #of} accepts, without white space. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(ranges.size());
        for (Range range : ranges) {
            parts.add(range.first() == range.last() ? "" + range.first() : range.first() + "-" + range.last());
        }
        return String.join(SEPARATOR, parts);
    }
}
