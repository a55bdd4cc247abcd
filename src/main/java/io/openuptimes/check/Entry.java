package io.openuptimes.check;

import io.openuptimes.model.Service;

/**
 * A service in the schedule, and its place there: a link of the ring that it is in, so that it is put in and taken out
 * without a search. There may be a million of them.
 */
final class Entry extends Link {

    Service service;
    /** Who holds it checks the service; negative where no node of this location does. */
    final int slot;
    /** When its next check is due, epoch milliseconds. */
    long dueAt;
    /** When it came to be as it is, and was to be checked at once by whoever has it; 0 if that was long ago. */
    long freshSince;
    /** It is due: no longer in the wheel, but in the line of those that wait for their start. */
    boolean due;
    /** The load that brought it last. */
    int load;
    /** Of {@link HostKey}, 0 while it is not known. */
    private long host;

    Entry(Service service, int slot, long dueAt) {
        this.service = service;
        this.slot = slot;
        this.dueAt = dueAt;
    }

    long host() {
        if (host == 0) {
            host = HostKey.of(service.url());
        }
        return host;
    }
}
