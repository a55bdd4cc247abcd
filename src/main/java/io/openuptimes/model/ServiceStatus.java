package io.openuptimes.model;

/**
 * The current status of a service.
 *
 * @param serviceId of the service
 * @param outcome of the last check; {@link Outcome#NONE} before the first
 * @param lastChecked start of the last check, epoch milliseconds; 0 before the first
 * @param since start of the current {@link #status()}, epoch milliseconds; 0 before the first check
 * @param statusCode HTTP status code of the last answer; 0 if there was none
 * @param responseTime of the last check, milliseconds
 * @param phases of the last check
 * @param error of the last check; empty when up
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

    /** The status before the first check. */
    public static ServiceStatus unchecked(String serviceId) {
        return new ServiceStatus(serviceId, Outcome.NONE, 0, 0, 0, 0, Phases.NONE, "");
    }

    /** The same result, with another start of the current status. */
    public ServiceStatus since(long start) {
        return start == since
                ? this
                : new ServiceStatus(serviceId, outcome, lastChecked, start, statusCode, responseTime, phases, error);
    }

    public Status status() {
        return outcome.status();
    }

    /** The same with the status that was stored with an unknown outcome. */
    public ServiceStatus as(Status stored) {
        Outcome exact = Outcome.ofCode(outcome.code(), stored);
        return exact == outcome
                ? this
                : new ServiceStatus(serviceId, exact, lastChecked, since, statusCode, responseTime, phases, error);
    }
}
