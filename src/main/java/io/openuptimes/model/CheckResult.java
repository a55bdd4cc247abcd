package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * One finished check.
 *
 * @param serviceId the service that was checked
 * @param timestamp when the check started, epoch milliseconds
 * @param outcome up, or the class of the failure
 * @param statusCode the HTTP status code of the answer, 0 where there was none
 * @param responseTime from the start of the check to its end, milliseconds; never counts time spent in a queue
 * @param phases where that time went
 * @param error what went wrong in a few words, without the URL or an address; empty when up
 * @param viewpoint which of the service's locations it tells of; null where the service has none
 * @param deniedBy the egress rule that denied it, for callers that may write; null for any other outcome. Not stored
 * @param peer the server that its last connection reached, for callers with a key; null where there was no connection
 * @param urlHash {@link Service#urlHash} of the service as it was checked; 0 if that is not known. Not stored
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

    /** Of a service that is checked from anywhere. */
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

    /** Where nobody needs to know which URL was checked. */
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

    /** The same, as seen from there. */
    public CheckResult from(Viewpoint there) {
        return new CheckResult(
                serviceId, timestamp, outcome, statusCode, responseTime, phases, error, there, deniedBy, peer, urlHash);
    }
}
