package io.openuptimes.runtime.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The core schema of YAML 1.2 with merges: {@code no} is a string, not {@code false}, {@code 12:30} is not a number, and
 * dates are strings. Only the tags of that schema are known.
 *
 * <p>The library's schema recognizes {@code null}, but neither {@code ~} nor {@code Null}, and it constructs Java types.
 */
final class YamlSchema extends CoreSchema {

    private static final Set<Tag> TAGS = Set.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT);
    private static final ScalarResolver RESOLVER = resolver();

    /** A new resolver, to which patterns can be added. */
    static CoreScalarResolver resolver() {
        CoreScalarResolver resolver = new CoreScalarResolver(true);
        resolver.addImplicitResolver(Tag.NULL, CoreScalarResolver.NULL, "~N");
        return resolver;
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return RESOLVER;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        Map<Tag, ConstructNode> constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.keySet().retainAll(TAGS);
        return constructors;
    }
}
