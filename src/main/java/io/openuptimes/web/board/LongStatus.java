package io.openuptimes.web.board;

/** {@code GET /api/status} for a large board and one audience. */
final class LongStatus extends LongAnswers {

    /**
     * @param withHidden whether the audience sees hidden services
     */
    LongStatus(StatusBoard board, boolean withHidden) {
        super(board, withHidden);
    }

    @Override
    long version() {
        return board.versions().current();
    }

    @Override
    long versionOf(Frozen frozen) {
        return frozen.version();
    }

    @Override
    String head(Counts counts, boolean storeReachable) {
        return StatusPage.head(counts, storeReachable);
    }

    @Override
    void append(StringBuilder json, Frozen segment, int index) {
        BoardEntry.append(
                json,
                segment.service(index),
                segment.status(index),
                segment.marks(index),
                segment.located(index),
                segment.certificate(index));
    }
}
