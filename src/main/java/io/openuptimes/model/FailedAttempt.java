package io.openuptimes.model;

/**
 * A failed attempt of a check that another one followed, or contradicted.
 *
 * @param timestamp start of the attempt, epoch milliseconds
 * @param outcome class of its failure
 * @param statusCode HTTP status code of the answer; 0 if there was none
 * @param responseTime duration of the attempt, milliseconds
 * @param error short description without URL or address
 */
public record FailedAttempt(long timestamp, Outcome outcome, int statusCode, int responseTime, String error) {

    /** The attempt whose result this is. */
    public static FailedAttempt of(CheckResult result) {
        return new FailedAttempt(
                result.timestamp(), result.outcome(), result.statusCode(), result.responseTime(), result.error());
    }

    /** The same attempt, recorded under another time. */
    FailedAttempt at(long time) {
        return time == timestamp ? this : new FailedAttempt(time, outcome, statusCode, responseTime, error);
    }
}
