package io.openuptimes.web.events;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import java.util.List;

/**
 * The changes since an earlier response or event, each service once.
 *
 * @param reset whether the changes are unknown, so the caller has to reload everything
 * @param changed services in their current state, in the order of their first change; then those that only became stale
 *     or fresh again
 * @param gone services that the caller can no longer see or that no longer match; it may never have seen some of them
 * @param upTo the point that these changes reach
 * @param more whether there are already more changes after that
 */
public record Changes(boolean reset, List<BoardEntry> changed, List<Gone> gone, BoardPoint upTo, boolean more) {

    /** A service's ID, and its last name. */
    public record Gone(String id, String name) {}

    public Changes {
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
    }
}
