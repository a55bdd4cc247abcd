package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/**
 * The stale set known to a client.
 *
 * @param log identifies the log of one board in one run
 * @param place position in the log
 * @param state hash of the stale set, the same on all boards; null if the client already knows some later changes
 */
public record StaleMark(long log, long place, @Nullable Long state) {

    @Override
    public String toString() {
        String text = Long.toHexString(log) + '.' + Long.toHexString(place);
        return state == null ? text : text + '.' + Long.toHexString(state);
    }
}
