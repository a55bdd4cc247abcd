package io.openuptimes.model;

/**
 * The current status of a service.
 *
 * @param serviceId of the service
 * @param status which may differ from that of the last check, see {@code Health}
 * @param outcome of the last check; {@link Outcome#NONE} before the first
 * @param lastChecked start of the last check, epoch milliseconds; 0 before the first
 * @param since start of the current status, epoch milliseconds; 0 before the first check
 * @param statusCode HTTP status code of the last answer; 0 if there was none
 * @param responseTime of the last check, milliseconds
 * @param phases of the last check
 * @param error of the last check; empty when up
 * @param confirming whether the last checks contradict the status, but have not changed it yet
 * @param flapping whether the status has changed too often recently
 */
public record ServiceStatus(
        String serviceId,
        Status status,
        Outcome outcome,
        long lastChecked,
        long since,
        int statusCode,
        int responseTime,
        Phases phases,
        String error,
        boolean confirming,
        boolean flapping) {

    /** With the status of the last check. */
    public ServiceStatus(
            String serviceId,
            Outcome outcome,
            long lastChecked,
            long since,
            int statusCode,
            int responseTime,
            Phases phases,
            String error) {
        this(
                serviceId,
                outcome.status(),
                outcome,
                lastChecked,
                since,
                statusCode,
                responseTime,
                phases,
                error,
                false,
                false);
    }

    /** The status before the first check. */
    public static ServiceStatus unchecked(String serviceId) {
        return new ServiceStatus(serviceId, Outcome.NONE, 0, 0, 0, 0, Phases.NONE, "");
    }

    /** Whether there has been a check. */
    public boolean isChecked() {
        return lastChecked > 0;
    }

    /** Whether it is up, but not as it should be. */
    public boolean isDegraded() {
        return status == Status.UP && outcome.isDegraded();
    }

    /** The same result, with another start of the current status. */
    public ServiceStatus since(long start) {
        return start == since
                ? this
                : new ServiceStatus(
                        serviceId,
                        status,
                        outcome,
                        lastChecked,
                        start,
                        statusCode,
                        responseTime,
                        phases,
                        error,
                        confirming,
                        flapping);
    }

    /** The same with the status that was stored with it. */
    public ServiceStatus as(Status stored) {
        Outcome exact = Outcome.ofCode(outcome.code(), stored);
        return exact == outcome && stored == status
                ? this
                : new ServiceStatus(
                        serviceId,
                        stored,
                        exact,
                        lastChecked,
                        since,
                        statusCode,
                        responseTime,
                        phases,
                        error,
                        confirming,
                        flapping);
    }
}
