package io.openuptimes.runtime.yaml;

import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads one YAML document; rejects duplicate keys, deep nesting, and lists or mappings as keys. */
public final class YamlReader {

    private static final int MAX_DEPTH = 20;

    private YamlReader() {}

    /**
     * @param list the key of the list whose lines are needed; ignored if the document itself is a list
     * @param cost receives the number of bytes about to be allocated; an exception from it aborts reading
     * @throws YamlProblem if the text is not one valid document
     */
    public static YamlDocument read(Reader text, String list, LongConsumer cost) throws YamlProblem {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(MAX_DEPTH);
        // aliases share objects; the constructor limits what merges copy
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        PlainMappings constructor = new PlainMappings(options, cost);
        try {
            CountedParser parser = new CountedParser(new ParserImpl(new StreamReader(text), options), cost);
            constructor.setComposer(new Composer(parser, new CoreSchema(), options));
            Object value = constructor.getSingleData(Object.class);
            return new YamlDocument(value, constructor.lines(list));
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : " (line " + (e.getProblemMark().getLine() + 1) + ")";
            throw new YamlProblem("is not valid YAML: " + withoutText(e.getProblem()) + line);
        } catch (TooLarge e) {
            throw new YamlProblem(String.valueOf(e.getMessage()));
        } catch (YAMLException e) {
            throw new YamlProblem(
                    e.getCause() instanceof CharacterCodingException ? "is not UTF-8" : "is not valid YAML");
        } catch (ClassCastException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException e) { // the parser throws them for texts that do not match their tag
            throw new YamlProblem("is not valid YAML");
        }
    }

    /** Removes quoted text from a parser message. */
    private static String withoutText(@Nullable String problem) {
        return String.valueOf(problem)
                .replaceFirst(
                        "(?s)(undefined alias|duplicate keys?|unknown escape character|tag handle|Global tag is not allowed"
                                + "|for the tag|valid version|unacceptable key|in UTF-8).*",
                        "$1");
    }

    /** Valid YAML that exceeds a limit. */
    static final class TooLarge extends YAMLException {

        private static final long serialVersionUID = 1L;

        TooLarge(String problem) {
            super(problem);
        }
    }
}
