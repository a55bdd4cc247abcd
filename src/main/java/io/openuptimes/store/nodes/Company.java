package io.openuptimes.store.nodes;

import io.openuptimes.bus.NodeMessage.Nodes;
import io.openuptimes.model.Node;
import io.openuptimes.model.Partition;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes, including this one, as last reported by Redis. */
final class Company {

    private final String own;
    private volatile Sync.@Nullable Answer latest;

    /**
     * @param own names this run
     */
    Company(String own) {
        this.own = own;
    }

    void told(Sync.Answer answer) {
        latest = answer;
    }

    /** Whether others were live at that time. */
    boolean hasOthers() {
        Sync.Answer answer = latest;
        return answer != null
                && answer.nodes().stream()
                        .anyMatch(node -> node.live() && !node.id().equals(own));
    }

    int live() {
        Sync.Answer answer = latest;
        return answer == null
                ? 0
                : (int) answer.nodes().stream().filter(Sync.Seen::live).count();
    }

    Nodes nodes() {
        Sync.Answer answer = latest;
        if (answer == null) {
            return new Nodes(List.of(), Partition.COUNT, Partition.COUNT, 0);
        }
        List<Node> nodes = answer.nodes().stream()
                .map(seen -> NodeRecord.decode(seen, own))
                .sorted(Comparator.comparing((Node node) -> !node.live())
                        .thenComparing(Node::name)
                        .thenComparing(Node::id))
                .toList();
        return new Nodes(nodes, Partition.COUNT, answer.free(), answer.at());
    }
}
