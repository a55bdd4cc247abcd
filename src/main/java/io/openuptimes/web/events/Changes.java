package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import io.openuptimes.web.board.BoardEntry;
import java.util.List;

/**
 * What has changed since an event, each service once.
 *
 * @param reset whether it is not known: the caller loads everything
 * @param changed services as they are now, in the order in which they changed first
 * @param gone services that are not there any more for the caller, or not wanted any more; some may never have been
 * @param event up to which this is all
 * @param more whether there is more after it already
 */
public record Changes(boolean reset, List<BoardEntry> changed, List<Gone> gone, EventId event, boolean more) {

    /** A service by its id, and the name that it had last. */
    public record Gone(String id, String name) {}

    public Changes {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }
}
