package io.openuptimes.store;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.store.nodes.Membership;
import io.vertx.core.Future;

/** The store's addresses for nodes. */
final class NodeAddresses {

    private final Bus bus;
    private final Membership nodes;

    NodeAddresses(Bus bus, Membership nodes) {
        this.bus = bus;
        this.nodes = nodes;
    }

    Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.GET_NODES, message -> Future.succeededFuture(nodes.nodes())),
                bus.serve(Addresses.JOIN_NODES, message -> {
                    nodes.join();
                    return Future.succeededFuture(DONE);
                }),
                bus.serve(Addresses.LEAVE_NODES, message -> {
                    nodes.leaveSoon();
                    return Future.succeededFuture(DONE);
                }),
                bus.serve(Addresses.CONFIRM_SHARE, message -> nodes.confirm().map(DONE)));
    }
}
