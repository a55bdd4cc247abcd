package io.openuptimes.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status codes that mean up, as given by a caller.
 *
 * @param status shown as {@code expectedStatus}: the only code, or one of {@code statuses}
 * @param statuses null if {@code status} is the only code
 */
record Expectation(int status, @Nullable ExpectedStatuses statuses) {

    private static final String STATUS = "expectedStatus";
    private static final int DEFAULT = 200;

    /**
     * Reads {@code expectedStatus} and {@code expectedStatuses}. The former defaults to the first code of the latter.
     *
     * @throws InvalidInputException if one of them is invalid, or if they contradict each other
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

    /** Whether a success is expected, so that redirects are followed by default. */
    boolean isSuccess() {
        return status >= 200 && status <= 299;
    }
}
