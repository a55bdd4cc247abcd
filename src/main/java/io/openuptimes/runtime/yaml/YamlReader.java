package io.openuptimes.runtime.yaml;

import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one YAML document; rejects duplicate keys, deep nesting, and lists or mappings as keys. */
public final class YamlReader {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new YamlSchema())
            .setAllowDuplicateKeys(false)
            // aliases share objects; the composer limits what merges copy
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();

    private YamlReader() {}

    /**
     * @param list the key of the list whose lines are needed; ignored if the document itself is a list
     * @param cost receives the number of bytes about to be allocated; an exception from it aborts reading
     * @throws YamlProblem if the text is not one valid document
     */
    public static YamlDocument read(Reader text, String list, LongConsumer cost) throws YamlProblem {
        try {
            CountedParser parser = new CountedParser(new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text)), cost);
            Composer composer = new BoundedComposer(SETTINGS, parser, cost);
            Optional<Node> root = composer.getSingleNode();
            Object value = new StandardConstructor(SETTINGS).constructSingleDocument(root);
            return new YamlDocument(value, root.map(node -> lines(node, list)).orElse(List.of()));
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark().isEmpty() ? "" : " (line " + line(e.getProblemMark()) + ")";
            throw new YamlProblem("is not valid YAML: " + withoutText(e.getProblem()) + line);
        } catch (TooLarge e) {
            throw new YamlProblem(String.valueOf(e.getMessage()));
        } catch (YamlEngineException e) {
            throw new YamlProblem(
                    e.getCause() instanceof CharacterCodingException ? "is not UTF-8" : "is not valid YAML");
        } catch (ClassCastException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException e) { // the parser throws them for texts that do not match their tag
            throw new YamlProblem("is not valid YAML");
        }
    }

    /** Line of each element of that list. */
    private static List<Integer> lines(Node root, String list) {
        Node found = root instanceof MappingNode mapping ? member(mapping, list) : root;
        List<Node> elements = found instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        return elements.stream().map(element -> line(element.getStartMark())).toList();
    }

    private static @Nullable Node member(MappingNode mapping, String name) {
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    /** From 1. */
    static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    /** Removes quoted text from a parser message. */
    private static String withoutText(@Nullable String problem) {
        return String.valueOf(problem)
                .replaceFirst(
                        "(?s)(undefined alias|duplicate keys?|unknown escape character|hexadecimal numbers|tag handle|for the tag"
                                + "|valid version|unacceptable key|in UTF-8).*",
                        "$1");
    }

    /** Valid YAML that exceeds a limit. */
    static final class TooLarge extends YamlEngineException {

        private static final long serialVersionUID = 1L;

        TooLarge(String problem) {
            super(problem);
        }
    }
}
