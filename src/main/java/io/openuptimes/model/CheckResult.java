package io.openuptimes.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished check.
 *
 * @param serviceId of the checked service
 * @param timestamp start of the check's first attempt, epoch milliseconds
 * @param outcome of the last attempt: up, or the class of the failure
 * @param statusCode HTTP status code of the answer; 0 if there was none
 * @param responseTime duration of the last attempt in milliseconds, without time spent in a queue
 * @param phases breakdown of that time
 * @param error short description without URL or address; empty when up
 * @param viewpoint location that the result counts for; null if the service has no locations
 * @param deniedBy the egress rule that denied the check, for callers with write access; null for other outcomes. Not
 *     stored
 * @param peer server of the last connection, for callers with a key; null if there was no connection
 * @param attempts earlier ones, which have all failed; empty if there was only one attempt
 * @param urlHash {@link Service#urlHash} of the service as checked; 0 if unknown. Not stored
 */
public record CheckResult(
        String serviceId,
        long timestamp,
        Outcome outcome,
        int statusCode,
        int responseTime,
        Phases phases,
        String error,
        @Nullable Viewpoint viewpoint,
        @Nullable String deniedBy,
        @Nullable Peer peer,
        List<FailedAttempt> attempts,
        int urlHash) {

    public CheckResult {
        attempts = List.copyOf(attempts);
    }

    /** For a service without locations. */
    public CheckResult(
            String serviceId,
            long timestamp,
            Outcome outcome,
            int statusCode,
            int responseTime,
            Phases phases,
            String error) {
        this(serviceId, timestamp, outcome, statusCode, responseTime, phases, error, null, null, null);
    }

    /** With one attempt, and without the hash of the checked URL. */
    public CheckResult(
            String serviceId,
            long timestamp,
            Outcome outcome,
            int statusCode,
            int responseTime,
            Phases phases,
            String error,
            @Nullable Viewpoint viewpoint,
            @Nullable String deniedBy,
            @Nullable Peer peer) {
        this(
                serviceId,
                timestamp,
                outcome,
                statusCode,
                responseTime,
                phases,
                error,
                viewpoint,
                deniedBy,
                peer,
                List.of(),
                0);
    }

    /** The same result, seen from a location. */
    public CheckResult from(Viewpoint there) {
        return with(timestamp, there, attempts);
    }

    /** The same result after earlier attempts, under the time of the first of them. */
    public CheckResult after(List<FailedAttempt> earlier) {
        return earlier.isEmpty() ? this : with(earlier.get(0).timestamp(), viewpoint, earlier);
    }

    /**
     * The same result, recorded under another time.
     *
     * @param time epoch milliseconds
     */
    public CheckResult at(long time) {
        if (time == timestamp) {
            return this;
        }
        long later = time - timestamp;
        return with(
                time,
                viewpoint,
                attempts.stream()
                        .map(attempt -> attempt.at(attempt.timestamp() + later))
                        .toList());
    }

    /**
     * The failed result if another node finds the service up: it is up, and this failure is kept as an attempt.
     *
     * @param last the last attempt
     * @param text both results
     */
    public CheckResult disputed(CheckResult last, String text) {
        List<FailedAttempt> all = new ArrayList<>(attempts);
        all.add(FailedAttempt.of(last));
        return new CheckResult(
                serviceId,
                timestamp,
                Outcome.DISPUTED,
                statusCode,
                responseTime,
                phases,
                text,
                viewpoint,
                null,
                peer,
                all,
                urlHash);
    }

    private CheckResult with(long time, @Nullable Viewpoint there, List<FailedAttempt> earlier) {
        return new CheckResult(
                serviceId,
                time,
                outcome,
                statusCode,
                responseTime,
                phases,
                error,
                there,
                deniedBy,
                peer,
                earlier,
                urlHash);
    }
}
