package io.openuptimes.runtime;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Parses external decimal numbers whose magnitude is safe to compute with. */
public final class Decimal {

    /** Far beyond the range of any field, and small enough that no operation on the number is expensive. */
    private static final int MAX_EXPONENT = 1_000;

    private Decimal() {}

    /**
     * Parses a number without rounding: 1e-400 is not 0.
     *
     * @param text a JSON number of limited length
     * @return null if its exponent is beyond ±1000, which is out of range for every field
     */
    public static @Nullable BigDecimal parse(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        OptionalInt exponent = e < 0 ? OptionalInt.of(0) : exponent(text.substring(e + 1));
        return exponent.isPresent() ? new BigDecimal(text) : null;
    }

    private static OptionalInt exponent(String digits) {
        String significant = digits.replaceFirst("^([-+]?)0+(?=[0-9])", "$1");
        if (significant.length() > 5) {
            return OptionalInt.empty();
        }
        int exponent = Integer.parseInt(significant);
        return Math.abs(exponent) > MAX_EXPONENT ? OptionalInt.empty() : OptionalInt.of(exponent);
    }
}
