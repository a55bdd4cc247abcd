package io.openuptimes.web.board;

/** Whether the services and their states are others than before a load, however often they have been checked since. */
final class Difference implements Slices.Work {

    private final BoardWalk walk;
    private boolean found;

    /**
     * @param before not fed any more
     * @param board has other contents now
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
