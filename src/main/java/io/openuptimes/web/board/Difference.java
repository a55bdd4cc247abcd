package io.openuptimes.web.board;

import io.openuptimes.web.http.Slices;

/**
 * Detects whether services or their states differ from those before a load, ignoring newer checks with the same result.
 */
final class Difference implements Slices.Work {

    private final BoardWalk walk;
    private boolean found;

    /**
     * @param before no longer updated
     * @param board already has other contents
     */
    Difference(Contents before, StatusBoard board) {
        found = before.byId().size() != board.size();
        walk = new BoardWalk(() -> before) {
            @Override
            protected void visit(Segment segment, int from) {
                for (int i = from; i < segment.size() && !found; i++) {
                    found = !isAsBefore(segment.get(i), board);
                }
            }
        };
    }

    private static boolean isAsBefore(BoardEntry old, StatusBoard board) {
        BoardEntry entry = board.findById(old.service().id());
        return entry != null
                && entry.service().equals(old.service())
                && entry.status().status() == old.status().status()
                && entry.status().since() == old.status().since();
    }

    @Override
    public boolean step(long until) {
        return found || walk.step(until) || found;
    }

    boolean isFound() {
        return found;
    }
}
