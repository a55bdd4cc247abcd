package io.openuptimes.store;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message.Done;
import io.openuptimes.store.nodes.Membership;
import io.vertx.core.Future;

/** The store's addresses for nodes. */
final class NodeAddresses {

    private final Bus bus;
    private final Admission admission;
    private final Membership nodes;

    NodeAddresses(Bus bus, Admission admission, Membership nodes) {
        this.bus = bus;
        this.admission = admission;
        this.nodes = nodes;
    }

    Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.GET_NODES, message -> Future.succeededFuture(nodes.nodes())),
                bus.serve(Addresses.JOIN_NODES, message -> join()),
                bus.serve(Addresses.LEAVE_NODES, message -> {
                    nodes.leaveSoon();
                    return Future.succeededFuture(DONE);
                }),
                bus.serve(Addresses.CONFIRM_SHARE, message -> nodes.confirm().map(DONE)));
    }

    /** Checks immediately before, because a restore that began since the start does not see this node yet. */
    private Future<Done> join() {
        return admission
                .check()
                .recover(failure -> Future.failedFuture(
                        new Refused(Failures.STORE_UNREACHABLE, "Cannot join: " + failure.getMessage())))
                .map(admitted -> {
                    nodes.join();
                    return DONE;
                });
    }
}
