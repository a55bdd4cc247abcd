package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;

/**
 * Sweeps the board continuously for entries that have become stale and, at midnight UTC, for certificates with a day
 * less. Each segment knows when its next change is due, so that a sweep looks at few entries.
 */
final class StaleSweep {

    private final StatusBoard board;
    private BoardWalk round;

    StaleSweep(StatusBoard board) {
        this.board = board;
        this.round = round();
    }

    void step(long until) {
        if (round.step(until)) {
            round = round();
        }
    }

    private BoardWalk round() {
        return new BoardWalk(board) {
            @Override
            protected void visit(Segment segment, int from) {
                long now = board.now();
                if (now >= segment.staleFrom()) {
                    look(segment, now);
                }
            }
        };
    }

    private void look(Segment segment, long now) {
        segment.staleFrom(Long.MAX_VALUE);
        for (int i = 0; i < segment.size(); i++) {
            BoardEntry entry = segment.get(i);
            DatedCertificate certificate = entry.certificate();
            if (certificate != null) {
                look(segment, entry, certificate, now);
            }
            Located located = entry.located();
            if (located != null) {
                look(segment, entry, located, now);
            }
            if (entry.isStale()) {
                continue;
            }
            long from = board.rule().staleFrom(entry);
            if (now >= from) {
                board.show(entry, null, entry.marks().stale(true));
            } else {
                segment.staleFrom(Math.min(segment.staleFrom(), from));
            }
        }
    }

    private void look(Segment segment, BoardEntry entry, DatedCertificate certificate, long now) {
        DatedCertificate today = certificate.at(now);
        board.certify(entry, today); // no effect on the same day
        segment.staleFrom(Math.min(segment.staleFrom(), today.until()));
    }

    private void look(Segment segment, BoardEntry entry, Located located, long now) {
        Located aged = located.at(now, board.rule(), entry.service());
        if (aged != located) {
            board.locate(entry, aged);
        }
        segment.staleFrom(Math.min(segment.staleFrom(), aged.staleFrom(board.rule(), entry.service())));
    }
}
