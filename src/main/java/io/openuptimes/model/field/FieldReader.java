package io.openuptimes.model.field;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Validates the JSON value that a caller gave for a field.
 *
 * @param <T> the field's Java type
 */
@FunctionalInterface
public interface FieldReader<T> {

    /**
     * @param field name for the problem
     * @param given never null: a null counts as absent
     * @throws InvalidInputException if the value is not valid
     */
    T read(String field, Object given) throws InvalidInputException;

    /**
     * A string of Unicode characters.
     *
     * @param max maximum length in code points
     */
    static FieldReader<String> text(int max) {
        return (field, given) -> {
            if (!(given instanceof String text)) {
                throw new InvalidInputException(Problem.wrongType(field, "must be a string", FieldKind.TEXT.type()));
            }
            if (text.codePointCount(0, text.length()) > max) {
                throw new InvalidInputException(
                        Problem.beyond(ProblemCode.TOO_LONG, field, "must be at most " + max + " characters", max));
            }
            if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, "must be valid Unicode");
            }
            return text;
        };
    }

    /** True or false. */
    static FieldReader<Boolean> flag() {
        return (field, given) -> {
            if (!(given instanceof Boolean flag)) {
                throw new InvalidInputException(
                        Problem.wrongType(field, "must be true or false", FieldKind.FLAG.type()));
            }
            return flag;
        };
    }

    /** One of the given words. */
    static FieldReader<String> word(List<String> allowed, String text) {
        return (field, given) -> {
            if (!(given instanceof String word) || !allowed.contains(word)) {
                throw new InvalidInputException(Problem.notAmong(ProblemCode.NOT_ALLOWED, field, text, allowed));
            }
            return word;
        };
    }

    /**
     * A JSON number without a fraction (200 and 200.0, but not 200.5 or "200") within bounds.
     *
     * @throws InvalidInputException if it is anything else
     */
    static long whole(String field, @Nullable Object given, long min, long max) throws InvalidInputException {
        if (given instanceof Number number && Double.isFinite(number.doubleValue())) {
            BigDecimal value = new BigDecimal(number.toString());
            boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
            if (whole
                    && value.compareTo(BigDecimal.valueOf(min)) >= 0
                    && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return value.longValue();
            }
        }
        throw new InvalidInputException(Problem.outOfRange(field, min, max));
    }

    /** Refuses control characters; {@code shown} is the text as it will be shown. */
    static void refuseControls(String field, String shown) throws InvalidInputException {
        if (shown.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, "must not contain control characters");
        }
    }

    /** Refuses an empty text. */
    static String notEmpty(String field, String text) throws InvalidInputException {
        if (text.isEmpty()) {
            throw new InvalidInputException(
                    new Problem(field, "must not be empty", ProblemCode.TOO_SHORT, Map.of("min", 1)));
        }
        return text;
    }
}
