package io.openuptimes.check;

import io.openuptimes.model.Service;

/**
 * A service's entry in the schedule. It is itself a link of the ring that it is in, so that adding and removing needs
 * no search. There may be a million entries.
 */
final class Entry extends Wheel.Link {

    Service service;
    /** The holder of this lease checks the service; negative if no node at this location does. */
    final int lease;
    /** When the next check is due, epoch milliseconds. */
    long dueAt;
    /** When the service changed and needed an immediate check, epoch milliseconds; 0 if long ago. */
    long freshSince;
    /** Whether it has left the wheel and waits in the due queue. */
    boolean due;
    /** Number of the last load that contained it. */
    int load;
    /** A {@link HostKey}; 0 until computed. */
    private long host;

    /** Row in the schedule's {@link io.openuptimes.health.HealthTable}; negative if the state is unknown. */
    int health = -1;

    Entry(Service service, int lease, long dueAt) {
        this.service = service;
        this.lease = lease;
        this.dueAt = dueAt;
    }

    long host() {
        if (host == 0) {
            host = HostKey.of(service.url());
        }
        return host;
    }
}
