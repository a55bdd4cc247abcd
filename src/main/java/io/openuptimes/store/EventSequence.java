package io.openuptimes.store;

import io.openuptimes.bus.EventId;
import java.security.SecureRandom;

/** Numbers what the store publishes, from one for each run. Belongs to one event loop. */
final class EventSequence {

    private final String run = Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    private long last;

    /** Of what is published next. */
    EventId next() {
        return new EventId(run, ++last);
    }

    /** Of what was published last. */
    EventId current() {
        return new EventId(run, last);
    }
}
