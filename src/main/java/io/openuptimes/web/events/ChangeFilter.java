package io.openuptimes.web.events;

import io.openuptimes.model.Status;
import io.openuptimes.web.board.BoardEntry;

/** Selects the services whose changes a caller wants. */
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

    /** Whether the service matches. */
    boolean matches(BoardEntry entry);

    /** Whether the service would match with its previous status. */
    boolean matched(BoardEntry entry, Status before);

    /** Whether the service would match in some state, stale or not. */
    boolean mayMatch(BoardEntry entry);
}
