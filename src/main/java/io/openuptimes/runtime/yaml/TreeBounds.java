package io.openuptimes.runtime.yaml;

import io.openuptimes.runtime.yaml.YamlReader.TooLarge;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.LongConsumer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Rejects trees that a few lines of text can make huge or expensive, before values are constructed.
 *
 * <p>A list or mapping used as a key would be hashed, which expands all its aliases. A merge copies the keys of its
 * targets, which may themselves be merges. Parsing a long integer takes quadratic time.
 */
final class TreeBounds {

    /** A service has fewer than two hundred, with all possible headers and labels. */
    private static final int MAX_KEYS = 1_000;

    private static final int MAX_DIGITS = 100;
    /** Per key copied by a merge: its slot in the node and in the map. */
    private static final long COPIED_BYTES = 100;

    private final LongConsumer cost;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Number of keys per completed mapping, including merged ones. */
    private final IdentityHashMap<Node, Integer> keys = new IdentityHashMap<>();

    TreeBounds(LongConsumer cost) {
        this.cost = cost;
    }

    /**
     * Recursion is as deep as the text's nesting at most, because an alias refers to a node already visited.
     *
     * @throws YAMLException if the tree is rejected
     */
    void check(Node node) {
        if (node instanceof ScalarNode scalar) {
            checkScalar(scalar);
        } else if (seen.add(node)) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(this::check);
            } else if (node instanceof MappingNode mapping) {
                checkMapping(mapping);
            }
        }
    }

    private static void checkScalar(ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.INT) && scalar.getValue().length() > MAX_DIGITS) {
            throw new TooLarge("has a number of more than " + MAX_DIGITS + " digits" + at(scalar));
        }
    }

    private void checkMapping(MappingNode mapping) {
        int all = 0;
        int copied = 0;
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YAMLException("a key is a list or a mapping");
            }
            checkScalar(key);
            check(entry.getValueNode());
            if (key.getTag().equals(Tag.MERGE)) {
                copied = bounded(copied + keysOf(entry.getValueNode()), mapping);
            }
            all = bounded(all + 1, mapping);
        }
        keys.put(mapping, bounded(all + copied, mapping));
        if (copied > 0) {
            cost.accept(copied * COPIED_BYTES);
        }
    }

    /** Number of keys that a merge copies from its target. */
    private int keysOf(Node target) {
        if (target instanceof SequenceNode sequence) {
            int sum = 0;
            for (Node one : sequence.getValue()) {
                sum = bounded(sum + (one instanceof MappingNode ? keysOf(one) : 0), sequence);
            }
            return sum;
        }
        if (!(target instanceof MappingNode)) {
            return 0; // not a mapping: the constructor rejects it
        }
        Integer known = keys.get(target);
        if (known == null) {
            throw new YAMLException("a mapping merges itself");
        }
        return known;
    }

    private static int bounded(int count, Node node) {
        if (count > MAX_KEYS) {
            throw new TooLarge("has a mapping of more than " + MAX_KEYS + " keys" + at(node));
        }
        return count;
    }

    private static String at(Node node) {
        return " (line " + (node.getStartMark().getLine() + 1) + ")";
    }
}
