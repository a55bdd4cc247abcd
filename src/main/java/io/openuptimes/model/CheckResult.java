package io.openuptimes.model;

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
 */
public record CheckResult(
        String serviceId,
        long timestamp,
        Outcome outcome,
        int statusCode,
        int responseTime,
        Phases phases,
        String error) {}
