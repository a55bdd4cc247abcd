package io.openuptimes.store.format;

import io.openuptimes.model.Node;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * The format of the stored data, which is raised once all nodes read a newer one. Warns of nodes that announce no
 * format.
 */
public final class FormatFeature implements Feature {

    private final FormatRaise raise;
    private final Supplier<List<Node>> nodes;
    private final UnnumberedNodes unnumbered = new UnnumberedNodes();

    /**
     * @param nodes all nodes known to Redis
     */
    public FormatFeature(StoreContext store, StoreFormat format, Supplier<List<Node>> nodes) {
        this.raise = new FormatRaise(format, store.turns());
        this.nodes = nodes;
    }

    @Override
    public Future<?> serve() {
        return Future.succeededFuture();
    }

    @Override
    public Future<?> upkeep() {
        List<Node> known = nodes.get();
        unnumbered.look(known);
        return raise.attempt(known);
    }
}
