package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;

/**
 * When the last result stops counting: two intervals plus the timeout after the check started. Paused services and
 * services never checked do not become stale.
 *
 * @param defaultInterval seconds, for services without an interval
 */
public record StaleRule(int defaultInterval) {

    /** Epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    long staleFrom(BoardEntry entry) {
        return staleFrom(entry.service(), entry.status());
    }

    /** The same for any status of the service, such as one location's. */
    long staleFrom(Service service, ServiceStatus status) {
        if (service.paused() || !status.isChecked()) {
            return Long.MAX_VALUE;
        }
        return status.lastChecked() + service.maxAge(defaultInterval) + 1;
    }
}
