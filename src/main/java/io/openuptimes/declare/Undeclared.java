package io.openuptimes.declare;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.ReleaseDeclared;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.DeclareMessage;
import io.openuptimes.bus.DeclareMessage.WhoDeclares;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.GetNodes;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.model.Node;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases services that a file declared at an earlier start, if there is no file now: otherwise nobody could change
 * them, so they become editable through the API. Waits while other nodes run, because one of them may have the file, or
 * may be restarting with it.
 */
final class Undeclared {

    private static final Logger log = LoggerFactory.getLogger(Undeclared.class);

    private boolean done;

    /** Releases them once, if possible; call it until that has happened. */
    Future<?> release(Bus bus) {
        if (done) {
            return Future.succeededFuture();
        }
        return bus.request(DeclareMessage.WHO_DECLARES, new WhoDeclares())
                .compose(declarer -> declarer.node() == null ? Future.succeededFuture(true) : isAlone(bus))
                .compose(free -> free ? releaseNow(bus) : Future.succeededFuture());
    }

    /** Returns false if the nodes are unknown. */
    private static Future<Boolean> isAlone(Bus bus) {
        return bus.request(NodeMessage.GET_NODES, new GetNodes())
                .map(Undeclared::onlySelf)
                .otherwise(false);
    }

    private static boolean onlySelf(Nodes nodes) {
        return nodes.nodes().stream().anyMatch(Node::self)
                && nodes.nodes().stream().noneMatch(node -> node.live() && !node.self());
    }

    private Future<?> releaseNow(Bus bus) {
        return bus.request(BulkMessage.RELEASE_DECLARED, new ReleaseDeclared(), BulkMessage.TIMEOUT_MS)
                .onSuccess(answer -> {
                    done = true;
                    if (answer instanceof BulkDone bulk && bulk.changed() > 0) {
                        log.info(
                                "no services file is set: {} services that a file declared before remain, and the API can"
                                        + " change them",
                                bulk.changed());
                    }
                });
    }
}
