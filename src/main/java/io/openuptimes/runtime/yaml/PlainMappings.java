package io.openuptimes.runtime.yaml;

import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Constructs the values of a document after {@link TreeBounds} has checked it. */
final class PlainMappings extends SafeConstructor {

    private final LongConsumer cost;
    private @Nullable Node root;

    PlainMappings(LoaderOptions options, LongConsumer cost) {
        super(options);
        setAllowDuplicateKeys(options.isAllowDuplicateKeys());
        this.cost = cost;
    }

    @Override
    public @Nullable Object getSingleData(Class<?> type) {
        Node found = composer.getSingleNode();
        if (found == null) {
            return null;
        }
        root = found;
        new TreeBounds(cost).check(found);
        return constructDocument(found);
    }

    /** Line of each element of that list, from 1. */
    List<Integer> lines(String list) {
        Node found = root instanceof MappingNode mapping ? member(mapping, list) : root;
        List<Node> elements = found instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        return elements.stream()
                .map(element -> element.getStartMark().getLine() + 1)
                .toList();
    }

    private static @Nullable Node member(MappingNode mapping, String name) {
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return entry.getValueNode();
            }
        }
        return null;
    }
}
