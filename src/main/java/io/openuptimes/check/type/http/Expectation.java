package io.openuptimes.check.type.http;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The status codes that mean up, as given by a caller.
 *
 * @param status shown as {@code expectedStatus}: the only code, or one of {@code statuses}
 * @param statuses null if {@code status} is the only code
 */
record Expectation(int status, @Nullable ExpectedStatuses statuses) {

    private static final int DEFAULT = 200;

    /**
     * Combines both fields; {@code expectedStatus} defaults to the first code of {@code expectedStatuses}.
     *
     * @param status null if not given
     * @param statuses null if not given
     * @throws InvalidInputException if they contradict each other
     */
    static Expectation of(@Nullable Integer status, @Nullable ExpectedStatuses statuses) throws InvalidInputException {
        if (status == null) {
            return new Expectation(statuses == null ? DEFAULT : statuses.first(), statuses);
        }
        if (statuses != null && !statuses.contains(status)) {
            throw new InvalidInputException(Problem.conflict(
                    "expectedStatus",
                    "must be in " + ExpectedStatuses.FIELD + " (" + statuses + "), or be left out",
                    ExpectedStatuses.FIELD));
        }
        return new Expectation(status, statuses);
    }

    /** Whether a success is expected, so that redirects are followed by default. */
    boolean isSuccess() {
        return status >= 200 && status <= 299;
    }
}
