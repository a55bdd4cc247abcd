package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;

/**
 * From when on a last result says nothing any more: two intervals and the timeout after the check started. A service
 * that is paused or was never checked does not get stale.
 *
 * @param defaultInterval seconds, for services that set none
 */
public record StaleRule(int defaultInterval) {

    /** Epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    long staleFrom(BoardEntry entry) {
        return staleFrom(entry.service(), entry.status());
    }

    /** Likewise, of a status of the service, or at one of its locations. */
    long staleFrom(Service service, ServiceStatus status) {
        if (service.paused() || status.status() == Status.UNKNOWN) {
            return Long.MAX_VALUE;
        }
        return status.lastChecked() + service.maxAge(defaultInterval) + 1;
    }
}
