package io.openuptimes.store.nodes;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message.Done;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The nodes that share the store, and this node's leases. */
public final class NodesFeature implements Feature {

    private final Bus bus;
    private final Supplier<Future<Void>> admitted;
    private final NodeRecord own;
    private final Membership nodes;

    /**
     * @param alone whether nobody else can use the store
     * @param own this node's description for others
     * @param admitted checks whether this node may use the store
     */
    public NodesFeature(
            StoreContext store,
            boolean alone,
            NodeRecord own,
            Membership.Checks checks,
            Supplier<Future<Void>> admitted) {
        this.bus = store.bus();
        this.admitted = admitted;
        this.own = own;
        this.nodes = new Membership(
                store.vertx(),
                store.links(),
                store.events().origin(),
                alone,
                alone ? NodeTiming.ALONE : NodeTiming.USUAL,
                own,
                new StoredHealth(store.link(), store.readers()),
                checks,
                new NodeMetrics(store.registry()));
    }

    public Membership membership() {
        return nodes;
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.listen(NodeMessage.OWN_NETWORK, message -> own.ownNetwork(message.state())),
                bus.serve(NodeMessage.GET_NODES, message -> Future.succeededFuture(nodes.nodes())),
                bus.serve(NodeMessage.JOIN_NODES, message -> join()),
                bus.serve(NodeMessage.LEAVE_NODES, message -> {
                    nodes.leaveSoon();
                    return Future.succeededFuture(DONE);
                }),
                bus.serve(NodeMessage.CONFIRM_SHARE, message -> nodes.confirm().map(DONE)));
    }

    /** Checks the admission once more, because a restore that began since the start does not see this node yet. */
    private Future<Done> join() {
        return admitted.get()
                .recover(failure -> Future.failedFuture(
                        new Refused(Failures.STORE_UNREACHABLE, "Cannot join: " + failure.getMessage())))
                .map(checked -> {
                    nodes.join();
                    return DONE;
                });
    }
}
