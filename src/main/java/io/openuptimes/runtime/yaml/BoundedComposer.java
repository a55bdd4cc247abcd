package io.openuptimes.runtime.yaml;

import io.openuptimes.runtime.yaml.YamlReader.TooLarge;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Rejects trees that a few lines of text can make huge or expensive, while they are composed.
 *
 * <p>A list or mapping used as a key would be hashed, which expands all its aliases. A merge copies the keys of its
 * targets, which may themselves be merges; a mapping that merges itself would be copied without end. Parsing a long
 * integer takes quadratic time.
 */
final class BoundedComposer extends Composer {

    private static final int MAX_DEPTH = 20;
    /** A service has fewer than two hundred, with all possible headers and labels. */
    private static final int MAX_KEYS = 1_000;

    private static final int MAX_DIGITS = 100;
    /** Per key copied by a merge: its place in the node and in the map. */
    private static final long COPIED_BYTES = 100;

    private final LongConsumer cost;
    /** Number of keys per mapping, including merged ones. */
    private final IdentityHashMap<Node, Integer> keys = new IdentityHashMap<>();
    /** Mappings that are being composed. */
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();

    private int depth;

    BoundedComposer(LoadSettings settings, Parser parser, LongConsumer cost) {
        super(settings, parser);
        this.cost = cost;
    }

    @Override
    protected Node composeScalarNode(Optional<Anchor> anchor, List<CommentLine> comments) {
        Node node = nested(() -> super.composeScalarNode(anchor, comments));
        if (node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.INT)
                && scalar.getValue().length() > MAX_DIGITS) {
            throw new TooLarge("has a number of more than " + MAX_DIGITS + " digits" + at(scalar));
        }
        return node;
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
        return nested(() -> super.composeSequenceNode(anchor));
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
        Node node = nested(() -> super.composeMappingNode(anchor));
        open.remove(node);
        return node;
    }

    private <T> T nested(Supplier<T> compose) {
        if (depth == MAX_DEPTH) {
            throw new YamlEngineException("nested too deeply");
        }
        depth++;
        T node = compose.get();
        depth--;
        return node;
    }

    @Override
    protected Node composeKeyNode(MappingNode mapping) {
        open.put(mapping, true);
        Node key = super.composeKeyNode(mapping);
        if (!(key instanceof ScalarNode)) {
            throw new YamlEngineException("a key is a list or a mapping");
        }
        return key;
    }

    /** Runs for each entry, before the library merges anything into the mapping. */
    @Override
    protected void composeMappingChildren(List<NodeTuple> entries, MappingNode mapping) {
        super.composeMappingChildren(entries, mapping);
        NodeTuple entry = entries.get(entries.size() - 1);
        int added = 1;
        if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
            int copied = keysOf(entry.getValueNode());
            cost.accept(copied * COPIED_BYTES);
            added += copied;
        }
        keys.put(mapping, bounded(keys.getOrDefault(mapping, 0) + added, mapping));
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
        if (open.containsKey(target)) {
            throw new YamlEngineException("a mapping merges itself");
        }
        return keys.getOrDefault(target, 0); // an empty mapping, or none, which the library rejects
    }

    private static int bounded(int count, Node node) {
        if (count > MAX_KEYS) {
            throw new TooLarge("has a mapping of more than " + MAX_KEYS + " keys" + at(node));
        }
        return count;
    }

    private static String at(Node node) {
        return " (line " + YamlReader.line(node.getStartMark()) + ")";
    }
}
