package io.openuptimes.web.board;

import org.jspecify.annotations.Nullable;

/**
 * Up to where a caller knows who is stale.
 *
 * @param log names the log, which is one board's in one run
 * @param place in it
 * @param state who is stale, as a number that all boards have; null where the caller knows of some what came later
 */
public record StaleMark(long log, long place, @Nullable Long state) {

    @Override
    public String toString() {
        String text = Long.toHexString(log) + '.' + Long.toHexString(place);
        return state == null ? text : text + '.' + Long.toHexString(state);
    }
}
