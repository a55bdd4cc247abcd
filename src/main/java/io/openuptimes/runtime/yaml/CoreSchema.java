package io.openuptimes.runtime.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Resolves unquoted scalars by the core schema of YAML 1.2: {@code no} is a string, not {@code false}, {@code 12:30} is
 * not a number, and dates are strings.
 */
final class CoreSchema extends Resolver {

    private static final Pattern INT = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:[0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?");

    /** Makes another resolver also recognize this schema's numbers. */
    static void addNumbers(Resolver resolver) {
        resolver.addImplicitResolver(Tag.INT, INT, "-+0123456789");
        resolver.addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
    }

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, Pattern.compile("true|True|TRUE|false|False|FALSE"), "tTfF");
        addNumbers(this);
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, Pattern.compile("~|null|Null|NULL| "), "~nN\0");
        addImplicitResolver(Tag.NULL, EMPTY, null);
    }
}
