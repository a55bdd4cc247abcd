package io.openuptimes.store.format;

import io.openuptimes.model.Node;
import io.openuptimes.store.changes.ChangeTurns;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises the store's format once all listed nodes read a newer one. A silent node counts as long as Redis lists it,
 * because it may return and write before it notices the new format. A node of an older version that joins at the same
 * moment finds a format that it does not read, and leaves. Belongs to one event loop.
 */
public final class FormatRaise {

    private static final Logger log = LoggerFactory.getLogger(FormatRaise.class);

    private final StoreFormat format;
    private final ChangeTurns turns;
    private boolean raising;

    /**
     * @param turns excludes changes of services while the format is raised
     */
    public FormatRaise(StoreFormat format, ChangeTurns turns) {
        this.format = format;
        this.turns = turns;
    }

    /**
     * Raises the format if possible. Call periodically, after {@link StoreFormat#follow}.
     *
     * @param nodes all nodes known to Redis; empty if unknown
     * @return fails if Redis is away or another node changes services; the next call tries again
     */
    public Future<Void> attempt(List<Node> nodes) {
        int to = reach(nodes);
        if (raising || to <= format.inForce()) {
            return Future.succeededFuture();
        }
        raising = true;
        int from = format.inForce();
        return turns.alone(grip -> format.raise(to))
                .onSuccess(raised -> {
                    if (raised) {
                        log.info("raised the store's format to {} from {}: all nodes read it", to, from);
                    }
                })
                .<Void>mapEmpty()
                .onComplete(over -> raising = false);
    }

    /** The newest format that all nodes read, if this one is listed. */
    private int reach(List<Node> nodes) {
        boolean listed = nodes.stream().anyMatch(node -> node.self() && node.live());
        return listed
                ? Math.min(
                        format.own().highest(),
                        nodes.stream().mapToInt(Node::format).min().orElse(Formats.UNNUMBERED))
                : Formats.UNNUMBERED;
    }
}
