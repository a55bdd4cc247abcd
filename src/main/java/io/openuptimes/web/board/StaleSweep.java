package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;

/**
 * Finds what has become stale and, at midnight UTC, certificates that have a day less, round after round. A segment
 * says before when there is nothing to be found in it, so that a round looks at few entries.
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
                board.stale(entry);
            } else {
                segment.staleFrom(Math.min(segment.staleFrom(), from));
            }
        }
    }

    private void look(Segment segment, BoardEntry entry, DatedCertificate certificate, long now) {
        DatedCertificate today = certificate.at(now);
        board.certify(entry, today); // changes nothing on the same day
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
