package io.openuptimes.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status codes that mean up, as a caller gives them.
 *
 * @param status shown as {@code expectedStatus}: the only code, or one of {@code statuses}
 * @param statuses null where {@code status} alone means up
 */
record Expectation(int status, @Nullable ExpectedStatuses statuses) {

    private static final String STATUS = "expectedStatus";
    private static final int DEFAULT = 200;

    /**
     * Reads {@code expectedStatus} and {@code expectedStatuses}. Without the former it is the first of the latter.
     *
     * @throws InvalidInputException if one of them breaks its rule, or if they contradict each other
     */
    static Expectation parse(Map<String, ?> fields) throws InvalidInputException {
        ExpectedStatuses statuses = ExpectedStatuses.parse(fields.get(ExpectedStatuses.FIELD));
        Object given = fields.get(STATUS);
        if (given == null) {
            return new Expectation(statuses == null ? DEFAULT : statuses.first(), statuses);
        }
        int status = (int) ServiceFields.whole(STATUS, given, ExpectedStatuses.MIN_CODE, ExpectedStatuses.MAX_CODE);
        if (statuses != null && !statuses.contains(status)) {
            throw new InvalidInputException(
                    STATUS, "must be in " + ExpectedStatuses.FIELD + " (" + statuses + "), or be left out");
        }
        return new Expectation(status, statuses);
    }

    /** Whether success is expected, so that redirects are followed by default. */
    boolean isSuccess() {
        return status >= 200 && status <= 299;
    }
}
