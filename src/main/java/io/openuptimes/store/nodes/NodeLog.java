package io.openuptimes.store.nodes;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.Node;
import io.openuptimes.runtime.Lengths;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when other nodes join, stop, are lost and return: one line each, on every live node. Nodes lost before this one
 * started are not logged. Belongs to one event loop.
 */
final class NodeLog {

    private static final Logger log = LoggerFactory.getLogger(NodeLog.class);

    private final String own;
    private Map<String, Node> known = Map.of();
    private boolean first = true;

    /**
     * @param own id of this run
     */
    NodeLog(String own) {
        this.own = own;
    }

    /**
     * Compares with the previous answer.
     *
     * @param gained number of partitions that this node has gained with this answer
     */
    void answered(Sync.Answer answer, int gained) {
        Map<String, Node> now = new HashMap<>();
        answer.nodes().stream()
                .filter(seen -> !seen.id().equals(own))
                .forEach(seen -> now.put(seen.id(), NodeRecord.decode(seen, own)));
        long live = 1 + now.values().stream().filter(Node::live).count();
        if (!first) {
            now.values().forEach(node -> compare(known.get(node.id()), node, answer.at(), live, gained));
            known.values().stream()
                    .filter(node -> node.live() && !now.containsKey(node.id()))
                    .forEach(node -> log.info("{} has stopped; live nodes: {}", name(node), live));
        }
        known = now;
        first = false;
    }

    private static void compare(@Nullable Node before, Node now, long at, long live, int gained) {
        if (before == null && now.live()) {
            log.info("{} has joined; live nodes: {}", name(now), live);
        } else if (before != null && before.live() && !now.live()) {
            log.warn(
                    "{} is lost: last heard of {} ago. The {} live nodes share its partitions, this one has {} more now."
                            + " Unless it was stopped on purpose, check that its process runs and reaches Redis",
                    name(now),
                    Lengths.text(at - now.seenAt()),
                    live,
                    gained);
        } else if (before != null && !before.live() && now.live()) {
            log.info("{} is back after {}; live nodes: {}", name(now), Lengths.text(at - before.seenAt()), live);
        }
    }

    private static String name(Node node) {
        String place = node.location();
        return "node " + Excerpt.ofName(node.name()) + " (" + Excerpt.ofName(node.id())
                + (place == null ? "" : ", at " + Excerpt.ofName(place)) + ")";
    }
}
