package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.Held;
import io.openuptimes.model.Partition;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the check loops which leases this node has gained or lost, and publishes which partitions it checks.
 *
 * <p>Belongs to the verticle's event loop.
 */
final class HeldLeases {

    private final Bus bus;
    private final CheckLoops loops;
    private final Set<Integer> held = new HashSet<>();

    HeldLeases(Bus bus, CheckLoops loops) {
        this.bus = bus;
        this.loops = loops;
    }

    Future<?> serve() {
        return Future.all(
                bus.serve(NodeMessage.GET_HELD, message -> Future.succeededFuture(new Held(held))),
                bus.serve(NodeMessage.GAINED, message -> {
                    loops.gained(message);
                    message.leases().stream()
                            .filter(lease -> !Partition.isAtLocation(lease))
                            .forEach(held::add);
                    heldChanged();
                    return Future.succeededFuture(Message.DONE);
                }),
                bus.serve(NodeMessage.GIVE_UP, message -> {
                    noLongerHeld(List.of(message.lease()));
                    return loops.giveUp(message.lease()).map(Message.DONE);
                }),
                bus.serve(NodeMessage.LOST, message -> {
                    loops.lost(message.leases());
                    noLongerHeld(message.leases());
                    return Future.succeededFuture(Message.DONE);
                }));
    }

    private void noLongerHeld(List<Integer> leases) {
        leases.forEach(held::remove);
        heldChanged();
    }

    /** Leaves out leases at a location, because other locations' results also decide those services' statuses. */
    private void heldChanged() {
        bus.publish(NodeMessage.HELD, new Held(held));
    }
}
