package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.GetNodes;
import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.model.Node;
import io.openuptimes.model.NodeEgress;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Scope;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/nodes}: the processes that share the work, and each one's share. */
final class NodesHandler {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final Bus bus;
    private final StatusBoard board;

    NodesHandler(Bus bus, StatusBoard board) {
        this.bus = bus;
        this.board = board;
    }

    static List<Endpoint> of(WebContext web) {
        return new NodesHandler(web.bus(), web.board()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.guarded("getNodes", HttpMethod.GET, "/api/nodes", Scope.READ, this::nodes));
    }

    private void nodes(RoutingContext context) {
        bus.request(NodeMessage.GET_NODES, new GetNodes(), TIMEOUT_MILLIS)
                .onSuccess(nodes -> Answers.json(
                        context, json(nodes, board.locations(), board.outlook().isStoreReachable())))
                .onFailure(context::fail);
    }

    /**
     * @param locations the locations of all services
     */
    static JsonObject json(Nodes nodes, Collection<String> locations, boolean storeReachable) {
        JsonArray list = new JsonArray();
        nodes.nodes().forEach(node -> list.add(json(node)));
        return new JsonObject()
                .put("nodes", list)
                .put("partitions", nodes.partitions())
                .put("free", nodes.free())
                .put("uncovered", uncovered(nodes, locations))
                .put("asOf", nodes.asOf())
                .put("storeReachable", storeReachable);
    }

    /** Locations without a node. */
    private static JsonArray uncovered(Nodes nodes, Collection<String> locations) {
        JsonArray uncovered = new JsonArray();
        locations.stream()
                .filter(location ->
                        nodes.nodes().stream().noneMatch(node -> node.live() && location.equals(node.location())))
                .forEach(uncovered::add);
        return uncovered;
    }

    private static JsonObject json(Node node) {
        return new JsonObject()
                .put("id", node.id())
                .put("name", node.name())
                .put("location", node.location())
                .put("version", node.version())
                .put("format", node.format())
                .put("startedAt", node.startedAt())
                .put("seenAt", node.seenAt())
                .put("live", node.live())
                .put("self", node.self())
                .put("partitions", node.partitions())
                .put("services", node.services())
                .put("checksPerSecond", Math.round(node.checksPerSecond() * 100) / 100.0)
                .put("lagP99", node.lagP99())
                .put("overdue", node.overdue())
                .put("queued", node.queued())
                .put("egress", json(node.egress()));
    }

    private static @Nullable JsonObject json(@Nullable NodeEgress egress) {
        if (egress == null) {
            return null;
        }
        NodeOutage outage = egress.outage();
        return new JsonObject()
                .put("targets", egress.targets())
                .put("works", egress.works())
                .put("reason", outage == null ? null : outage.reason().word())
                .put("since", outage == null ? null : outage.beganAt());
    }
}
