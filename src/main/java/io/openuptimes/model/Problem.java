package io.openuptimes.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A problem with one value of a caller's input.
 *
 * @param field the field or parameter with the value
 * @param text for people; follows the field's name
 * @param code for programs
 * @param details of the code, such as {@code min} and {@code max}: numbers, texts and lists of texts
 */
public record Problem(String field, String text, ProblemCode code, Map<String, Object> details) {

    public Problem {
        details = Map.copyOf(details);
    }

    /** A problem without details. */
    public static Problem of(ProblemCode code, String field, String text) {
        return new Problem(field, text, code, Map.of());
    }

    /** A problem without a specific code. */
    public static Problem of(String field, String text) {
        return of(ProblemCode.INVALID, field, text);
    }

    /** Not a whole number within the bounds. */
    public static Problem outOfRange(String field, long min, long max) {
        return new Problem(
                field,
                "must be a whole number from " + min + " to " + max,
                ProblemCode.OUT_OF_RANGE,
                Map.of("min", min, "max", max));
    }

    /** Too many characters or entries. */
    public static Problem beyond(ProblemCode code, String field, String text, long max) {
        return new Problem(field, text, code, Map.of("max", max));
    }

    /** Not of the required JSON type. */
    public static Problem wrongType(String field, String text, String type) {
        return new Problem(field, text, ProblemCode.WRONG_TYPE, Map.of("type", type));
    }

    /** A value or field that is not one of the allowed ones. */
    public static Problem notAmong(ProblemCode code, String field, String text, Collection<String> allowed) {
        return new Problem(field, text, code, Map.of("allowed", List.copyOf(allowed)));
    }

    /** A value that contradicts another field. */
    public static Problem conflict(String field, String text, String with) {
        return new Problem(field, text, ProblemCode.CONFLICTS, Map.of("with", with));
    }

    /** Field and text. */
    public String message() {
        return field + ": " + text;
    }
}
