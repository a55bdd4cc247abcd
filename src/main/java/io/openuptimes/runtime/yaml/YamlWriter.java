package io.openuptimes.runtime.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes list entries, one key per line. Quotes strings that YAML 1.1 or 1.2 would read as another type. */
public final class YamlWriter {

    private final Yaml yaml;

    public YamlWriter() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE); // keeps strings as strings, not binary
        Resolver resolver = new Resolver();
        CoreSchema.addNumbers(resolver);
        yaml = new Yaml(
                new SafeConstructor(new LoaderOptions()),
                new Representer(options),
                options,
                new LoaderOptions(),
                resolver);
    }

    /** Formats an entry as an element of a list without indentation, with a trailing line break. */
    public String element(Map<String, Object> entry) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        entry.forEach((key, value) -> own.put(key, unshared(value)));
        return yaml.dump(List.of(own));
    }

    /** Copies collections, because one that occurs twice, such as an empty one, would become an anchor and an alias. */
    private static @Nullable Object unshared(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        return value instanceof Collection<?> collection ? new ArrayList<>(collection) : value;
    }
}
