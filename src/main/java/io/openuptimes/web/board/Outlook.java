package io.openuptimes.web.board;

import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import java.util.Set;

/**
 * The services whose newest results this node sees.
 *
 * @param storeReachable whether it sees the results of other nodes
 * @param held partitions that only this node checks
 */
record Outlook(boolean storeReachable, Set<Integer> held) {

    static final Outlook NONE = new Outlook(false, Set.of());

    Outlook {
        held = Set.copyOf(held);
    }

    /** Whether this node alone decides the service's status. */
    boolean decides(Service service) {
        return service.locations().isEmpty() && held.contains(Partition.of(service.id()));
    }

    /** Whether this node would miss newer results of the service. Paused services have none. */
    boolean isBlind(Service service) {
        return !storeReachable && !service.paused() && !decides(service);
    }
}
