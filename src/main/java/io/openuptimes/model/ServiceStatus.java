package io.openuptimes.model;

/**
 * What is known of a service now.
 *
 * @param serviceId the service
 * @param outcome how its last check ended; {@link Outcome#NONE} before the first
 * @param lastChecked when the last check started, epoch milliseconds; 0 before the first
 * @param since when the service came into its present {@link #status()}, epoch milliseconds; 0 before the first check
 * @param statusCode the HTTP status code of the last answer, 0 where there was none
 * @param responseTime of the last check, milliseconds
 * @param phases of the last check
 * @param error of the last check, empty when up
 */
public record ServiceStatus(
        String serviceId,
        Outcome outcome,
        long lastChecked,
        long since,
        int statusCode,
        int responseTime,
        Phases phases,
        String error) {

    /** The status of a service that has not been checked yet. */
    public static ServiceStatus unchecked(String serviceId) {
        return new ServiceStatus(serviceId, Outcome.NONE, 0, 0, 0, 0, Phases.NONE, "");
    }

    public Status status() {
        return outcome.status();
    }
}
