package io.openuptimes.store.format;

import io.openuptimes.config.Version;
import io.openuptimes.model.Excerpt;
import io.openuptimes.model.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of live nodes of versions from before formats had numbers. Such a version misreads what this one writes, and
 * does not notice it. Belongs to one event loop.
 */
final class UnnumberedNodes {

    private static final Logger log = LoggerFactory.getLogger(UnnumberedNodes.class);

    /** Ids of those already warned of. */
    private Set<String> known = Set.of();

    /**
     * Logs one line if there are others than before.
     *
     * @param nodes all nodes known to Redis
     */
    void look(List<Node> nodes) {
        List<Node> unnumbered = nodes.stream()
                .filter(node -> node.live() && node.format() == Formats.UNNUMBERED)
                .toList();
        Set<String> ids = unnumbered.stream().map(Node::id).collect(Collectors.toCollection(HashSet::new));
        if (!known.containsAll(ids)) {
            log.warn(
                    "nodes of a version that cannot share this store with version {} are running: {}. Stop them: they"
                            + " misread what this node writes",
                    Version.CURRENT,
                    unnumbered.stream().map(UnnumberedNodes::name).collect(Collectors.joining(", ")));
        }
        known = ids;
    }

    private static String name(Node node) {
        String version = node.version().isEmpty() ? "unknown version" : "version " + Excerpt.ofName(node.version());
        return Excerpt.ofName(node.name()) + " (" + version + ")";
    }
}
