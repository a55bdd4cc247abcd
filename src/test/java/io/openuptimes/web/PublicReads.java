package io.openuptimes.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The operations of {@code openapi.yaml} that anybody may read, so that tests of what they share meet new ones too. */
final class PublicReads {

    /** The name of the service that the requests are about. */
    static final String SERVICE = "web";

    /** About the caller itself. */
    private static final String PERSONAL = "getSession";

    /** What a good request needs where no parameter is required by itself. */
    private static final Map<String, String> QUERIES = Map.of("getUptime", "?service=" + SERVICE);

    private PublicReads() {}

    /**
     * @param target a path, and a query if one is needed
     */
    record Read(String operationId, String target) {
        boolean isStream() {
            return operationId.equals("streamEvents");
        }

        @Override
        public String toString() {
            return operationId;
        }
    }

    static Stream<Read> all() throws IOException {
        JsonObject paths = document().getJsonObject("paths");
        return paths.stream()
                .filter(path -> paths.getJsonObject(path.getKey()).containsKey("get"))
                .map(path -> read(path.getKey(), paths.getJsonObject(path.getKey()).getJsonObject("get")))
                .flatMap(Stream::ofNullable);
    }

    /** Those whose answers end. */
    static Stream<Read> withAnEnd() throws IOException {
        return all().filter(read -> !read.isStream());
    }

    private static Read read(String path, JsonObject operation) {
        String id = operation.getString("operationId");
        if (operation.containsKey("x-scope") || id.equals(PERSONAL)) {
            return null;
        }
        String query = QUERIES.getOrDefault(id, requiresService(operation) ? "?service=" + SERVICE : "");
        return new Read(id, path.replaceAll("\\{\\w+}", SERVICE) + query);
    }

    private static boolean requiresService(JsonObject operation) {
        return operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .anyMatch(parameter -> parameter.getBoolean("required", false)
                        && parameter.getString("name", "").equals("service"));
    }

    private static JsonObject document() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PublicReads.class.getClassLoader().getResourceAsStream(OpenApiHandler.RESOURCE))) {
            return OpenApiHandler.toJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
