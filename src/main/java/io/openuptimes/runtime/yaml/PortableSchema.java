package io.openuptimes.runtime.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Recognizes also what YAML 1.1 reads as another type than a string, so that a writer quotes it.
 *
 * @see <a href="https://yaml.org/type/">The types of YAML 1.1</a>
 */
final class PortableSchema extends CoreSchema {

    /** Any tag but that of strings leads to quotes. */
    private static final Tag NOT_A_STRING = new Tag(Tag.PREFIX + "value");

    private static final Pattern WORD = Pattern.compile("yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|=");
    /** Binary, decimal and hexadecimal numbers, with underscores, and sexagesimal ones. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+"
            + "|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\\.[0-9_]+(?:[eE][-+]?[0-9]+)?)");

    private static final Pattern DATE = Pattern.compile("(?s)[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \\t].*)?");

    private static final ScalarResolver RESOLVER = resolver();

    private static ScalarResolver resolver() {
        CoreScalarResolver resolver = YamlSchema.resolver();
        resolver.addImplicitResolver(NOT_A_STRING, WORD, "yYnNoO=");
        resolver.addImplicitResolver(NOT_A_STRING, NUMBER, "-+.0123456789");
        resolver.addImplicitResolver(NOT_A_STRING, DATE, "0123456789");
        return resolver;
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return RESOLVER;
    }
}
