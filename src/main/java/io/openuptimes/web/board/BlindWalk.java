package io.openuptimes.web.board;

/** Updates the blind mark of every entry, see {@link Outlook#isBlind}. */
final class BlindWalk extends BoardWalk {

    private final StatusBoard board;

    BlindWalk(StatusBoard board) {
        super(board);
        this.board = board;
    }

    @Override
    protected void visit(Segment segment, int from) {
        for (int i = from; i < segment.size(); i++) {
            BoardEntry entry = segment.get(i);
            Marks marks = entry.marks().blind(board.outlook().current().isBlind(entry.service()));
            if (!marks.equals(entry.marks())) {
                board.show(entry, null, marks);
            }
        }
    }
}
