package io.openuptimes.store;

import io.openuptimes.model.Service;

/**
 * By which everything that is kept of a service's past is found, also when the service is gone.
 *
 * @param serviceId whose
 * @param createdAt of the service, epoch milliseconds
 */
record Past(String serviceId, long createdAt) {

    static Past of(Service service) {
        return new Past(service.id(), service.createdAt());
    }

    /**
     * @param text as {@link #encode} made it
     * @throws IllegalArgumentException if it did not
     */
    static Past decode(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not of the form id:time");
        }
        return new Past(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    String encode() {
        return serviceId + ":" + createdAt;
    }

    /** No result is older than its service; a day's grace for clocks that were set back. */
    long firstDay() {
        return Keys.day(createdAt) - 1;
    }
}
