package io.openuptimes.runtime.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;

/** Writes list entries, one key per line. Quotes strings that YAML 1.1 or 1.2 would read as another type. */
public final class YamlWriter {

    private final Dump yaml = new Dump(DumpSettings.builder()
            .setSchema(new PortableSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE) // keeps strings as strings, not binary
            .build());

    /** Formats an entry as an element of a list without indentation, with a trailing line break. */
    public String element(Map<String, Object> entry) {
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        entry.forEach((key, value) -> own.put(key, unshared(value)));
        return yaml.dumpToString(List.of(own));
    }

    /** Copies collections, because one that occurs twice, such as an empty one, would become an anchor and an alias. */
    private static @Nullable Object unshared(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        return value instanceof Collection<?> collection ? new ArrayList<>(collection) : value;
    }
}
