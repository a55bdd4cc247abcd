package io.openuptimes.web.events;

import java.util.Locale;

/** Why an event stream ended. */
enum StreamEnd {
    /** The client disconnected. */
    CLIENT,
    /** The client read nothing for too long. */
    STALLED,
    /** The stream's credentials have ended, or have to be checked again. */
    CREDENTIALS,
    /** Another caller with fewer streams took its place. */
    EVICTED,
    /** The service is stopping. */
    STOPPING;

    /** The word used in metrics and sent to clients. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
