package io.openuptimes.web.events;

import io.openuptimes.model.Status;
import io.openuptimes.web.board.BoardEntry;

/** Which services a caller who asks for changes wants to hear of. */
public interface ChangeFilter {

    ChangeFilter ALL = new ChangeFilter() {
        @Override
        public boolean matches(BoardEntry entry) {
            return true;
        }

        @Override
        public boolean matched(BoardEntry entry, Status before) {
            return true;
        }

        @Override
        public boolean mayMatch(BoardEntry entry) {
            return true;
        }
    };

    /** Whether a service is wanted. */
    boolean matches(BoardEntry entry);

    /** Whether it would be if it had the status that it had before. */
    boolean matched(BoardEntry entry, Status before);

    /** Whether it would be in some state, stale or not. */
    boolean mayMatch(BoardEntry entry);
}
