package io.openuptimes.web.events;

import java.util.Locale;

/** What ends an event stream. */
enum StreamEnd {
    /** The client has gone. */
    CLIENT,
    /** The client did not read for so long that it is not to be waited for. */
    STALLED,
    /** The credentials by which it was opened have ended, or have to be looked at again. */
    CREDENTIALS,
    /** Another caller, which has fewer streams, took its place. */
    EVICTED,
    /** The service stops. */
    STOPPING;

    /** As metrics and clients see it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
