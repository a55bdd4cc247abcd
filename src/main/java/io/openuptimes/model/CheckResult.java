package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A finished check.
 *
 * @param serviceId of the checked service
 * @param timestamp start of the check, epoch milliseconds
 * @param outcome up, or the class of the failure
 * @param statusCode HTTP status code of the answer; 0 if there was none
 * @param responseTime duration of the check in milliseconds, without time spent in a queue
 * @param phases breakdown of that time
 * @param error short description without URL or address; empty when up
 * @param viewpoint location that the result counts for; null if the service has no locations
 * @param deniedBy the egress rule that denied the check, for callers with write access; null for other outcomes. Not
 *     stored
 * @param peer server of the last connection, for callers with a key; null if there was no connection
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
        int urlHash) {

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

    /** Without the hash of the checked URL. */
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
        this(serviceId, timestamp, outcome, statusCode, responseTime, phases, error, viewpoint, deniedBy, peer, 0);
    }

    /** The same result, seen from a location. */
    public CheckResult from(Viewpoint there) {
        return new CheckResult(
                serviceId, timestamp, outcome, statusCode, responseTime, phases, error, there, deniedBy, peer, urlHash);
    }

    /**
     * The same result, recorded under another time.
     *
     * @param time epoch milliseconds
     */
    public CheckResult at(long time) {
        return time == timestamp
                ? this
                : new CheckResult(
                        serviceId,
                        time,
                        outcome,
                        statusCode,
                        responseTime,
                        phases,
                        error,
                        viewpoint,
                        deniedBy,
                        peer,
                        urlHash);
    }
}
