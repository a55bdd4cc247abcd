package io.openuptimes.web.bulk;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceCells;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.MediaTypes;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How services are written one after the other, so that {@link BulkBody} takes them back. */
public interface ExportForm {

    /** Media types there are; the first where the caller does not care. */
    List<String> TYPES = List.of(MediaTypes.JSON, MediaTypes.NDJSON, MediaTypes.CSV, MediaTypes.YAML);

    /** Before the first service. */
    String head();

    /**
     * One service.
     *
     * @param first whether it is the first
     */
    String entry(Map<String, Object> fields, boolean first);

    /**
     * After the last service.
     *
     * @param any whether there was one
     */
    String end(boolean any);

    /**
     * The form of that type.
     *
     * @param services that are to be written
     * @throws ApiException 406 if it cannot hold them
     */
    static ExportForm of(String type, List<Service> services) {
        return switch (type) {
            case MediaTypes.NDJSON -> new Lines();
            case MediaTypes.YAML -> new YamlExport();
            case MediaTypes.CSV -> new CsvExport(columns(services));
            default -> new Json();
        };
    }

    private static List<String> columns(List<Service> services) {
        List<String> columns = ServiceCells.columns(services, CsvForm.MAX_COLUMNS);
        if (columns == null) {
            throw new ApiException(
                    406,
                    "Accept: " + MediaTypes.CSV + " has at most " + CsvForm.MAX_COLUMNS
                            + " columns, and these services have more different headers and labels; there are "
                            + String.join(", ", MediaTypes.JSON, MediaTypes.NDJSON, MediaTypes.YAML));
        }
        return columns;
    }

    /**
     * The name under which a browser saves it; null for what it shows.
     *
     * @param type one of {@link #TYPES}
     */
    static @Nullable String fileName(String type) {
        return switch (type) {
            case MediaTypes.CSV -> "services.csv";
            case MediaTypes.YAML -> "services.yaml";
            default -> null;
        };
    }

    /** One JSON object. */
    record Json() implements ExportForm {

        @Override
        public String head() {
            return "{\"services\":[";
        }

        @Override
        public String entry(Map<String, Object> fields, boolean first) {
            return (first ? "" : ",\n") + new JsonObject(fields).encode();
        }

        @Override
        public String end(boolean any) {
            return "]}\n";
        }
    }

    /** A JSON object per line. */
    record Lines() implements ExportForm {

        @Override
        public String head() {
            return "";
        }

        @Override
        public String entry(Map<String, Object> fields, boolean first) {
            return new JsonObject(fields).encode() + "\n";
        }

        @Override
        public String end(boolean any) {
            return "";
        }
    }
}
