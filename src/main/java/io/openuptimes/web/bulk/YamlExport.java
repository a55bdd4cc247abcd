package io.openuptimes.web.bulk;

import io.openuptimes.runtime.yaml.YamlWriter;
import java.util.Map;

/** YAML in the shape of the services file. */
final class YamlExport implements ExportForm {

    private final YamlWriter writer = new YamlWriter();

    @Override
    public String head() {
        return BulkBody.LIST + ":";
    }

    @Override
    public String entry(Map<String, Object> fields, boolean first) {
        return (first ? "\n" : "") + writer.element(fields);
    }

    @Override
    public String end(boolean any) {
        return any ? "" : " []\n";
    }
}
