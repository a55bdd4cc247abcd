package io.openuptimes.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Validates labels. */
final class Labels {

    static final int MAX_LABELS = 20;
    static final int MAX_VALUE = 63;
    static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1,63}");

    private Labels() {}

    /**
     * Parses a caller's labels.
     *
     * @param given expected to be a map of strings
     * @throws InvalidInputException if a label is invalid
     */
    static Map<String, String> parse(Object given) throws InvalidInputException {
        if (!(given instanceof Map<?, ?> map)) {
            throw new InvalidInputException(
                    Problem.wrongType("labels", "must be an object of keys and values", "object"));
        }
        if (map.size() > MAX_LABELS) {
            throw new InvalidInputException(Problem.beyond(
                    ProblemCode.TOO_MANY, "labels", "must have at most " + MAX_LABELS + " entries", MAX_LABELS));
        }
        Map<String, String> labels = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            String field = "labels." + Excerpt.ofName(key);
            if (!isKey(key)) {
                throw new InvalidInputException(
                        ProblemCode.INVALID_FORMAT,
                        field,
                        "is not a valid key; use 1 to 63 letters, digits or . _ / -");
            }
            if (!(entry.getValue() instanceof String value) || !isValue(value)) {
                throw new InvalidInputException(
                        ProblemCode.INVALID_FORMAT,
                        field,
                        "must be a string of at most " + MAX_VALUE + " characters without control characters");
            }
            labels.put(key, value);
        }
        return labels;
    }

    static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    static boolean isValue(String value) {
        return value.codePointCount(0, value.length()) <= MAX_VALUE
                && value.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
