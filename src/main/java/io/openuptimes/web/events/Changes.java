package io.openuptimes.web.events;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import java.util.List;

/**
 * What has changed since an answer or an event, each service once.
 *
 * @param reset whether it is not known: the caller loads everything
 * @param changed services as they are now, in the order in which they changed first; then those that only became stale,
 *     or fresh again
 * @param gone services that are not there any more for the caller, or not wanted any more; some may never have been
 * @param upTo up to where this is all
 * @param more whether there is more after it already
 */
public record Changes(boolean reset, List<BoardEntry> changed, List<Gone> gone, BoardPoint upTo, boolean more) {

    /** A service by its id, and the name that it had last. */
    public record Gone(String id, String name) {}

    public Changes {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }
}
