package io.openuptimes.web.board;

import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.http.Slices;
import java.util.List;

/**
 * Applies this node's verdicts again after a load, because the store may not have had them when it was read.
 */
final class KeptVerdicts implements Slices.Work {

    private final BoardWalk walk;

    /**
     * @param before no longer updated
     * @param board already has the loaded contents
     */
    KeptVerdicts(Contents before, StatusBoard board) {
        walk = new BoardWalk(() -> before) {
            @Override
            protected void visit(Segment segment, int from) {
                for (int i = from; i < segment.size(); i++) {
                    ServiceStatus status = segment.get(i).status();
                    BoardEntry entry = board.findById(status.serviceId());
                    if (entry != null && board.outlook().current().decides(entry.service())) {
                        board.results().judged(List.of(status)); // no effect unless newer
                    }
                }
            }
        };
    }

    @Override
    public boolean step(long until) {
        return walk.step(until);
    }
}
