package io.openuptimes.web.http;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses media types in requests: any case, with parameters, under any common alias. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";
    public static final String CSV = "text/csv";
    public static final String YAML = "application/yaml";

    /** NDJSON has no registered media type; YAML had none until RFC 9512. */
    private static final Map<String, String> ALIASES = Map.of(
            "application/ndjson", NDJSON,
            "application/jsonl", NDJSON,
            "application/x-jsonl", NDJSON,
            "application/jsonlines", NDJSON,
            "application/x-jsonlines", NDJSON,
            "application/csv", CSV,
            "application/x-yaml", YAML,
            "text/yaml", YAML,
            "text/x-yaml", YAML);

    private MediaTypes() {}

    /**
     * @param header {@code Content-Type}, or a range of {@code Accept}
     * @return the canonical type in lower case, without parameters; empty for none
     */
    public static String of(@Nullable String header) {
        if (header == null) {
            return "";
        }
        int parameters = header.indexOf(';');
        String type = (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return ALIASES.getOrDefault(type, type);
    }

    /** Whether it is JSON, including structured suffixes such as {@code application/merge-patch+json}. */
    static boolean isJson(String type) {
        return type.equals(JSON) || type.matches("[^/]+/[^/]+\\+json");
    }

    /** Whether compression makes a response of this type shorter. */
    static boolean isText(String type) {
        return type.startsWith("text/")
                || type.startsWith(JSON)
                || type.startsWith(NDJSON)
                || type.startsWith("application/yaml")
                || type.startsWith("application/openmetrics-text");
    }
}
