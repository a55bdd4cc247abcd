package io.openuptimes.declare;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes values of YAML whose mappings have plain keys. A key that is a list or a mapping is refused before it is hashed:
 * that would unfold everything its aliases share, which some lines can make endless.
 */
final class PlainMappings extends SafeConstructor {

    PlainMappings(LoaderOptions options) {
        super(options);
    }

    @Override
    public @Nullable Object getSingleData(Class<?> type) {
        Node root = composer.getSingleNode();
        if (root == null) {
            return null;
        }
        requirePlainKeys(root);
        return constructDocument(root);
    }

    private static void requirePlainKeys(Node root) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> left = new ArrayDeque<>();
        left.push(root);
        while (!left.isEmpty()) {
            Node node = left.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(left::push);
            } else if (node instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (!(entry.getKeyNode() instanceof ScalarNode)) {
                        throw new YAMLException("a key is a list or a mapping");
                    }
                    left.push(entry.getValueNode());
                }
            }
        }
    }
}
