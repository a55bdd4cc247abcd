package io.openuptimes.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public read operations of {@code openapi.yaml}, so that shared tests cover new ones automatically. */
final class PublicReads {

    /** The service used in the requests. */
    static final String SERVICE = "web";

    /** Depends on the caller. */
    private static final String PERSONAL = "getSession";

    /** Queries needed although no single parameter is required. */
    private static final Map<String, String> QUERIES =
            Map.of("getUptime", "?service=" + SERVICE, "getResponseTimes", "?from=0&to=1000&service=" + SERVICE);

    private PublicReads() {}

    /**
     * @param target a path, with a query if needed
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
                .map(path ->
                        read(path.getKey(), paths.getJsonObject(path.getKey()).getJsonObject("get")))
                .flatMap(Stream::ofNullable);
    }

    /** Those whose responses end. */
    static Stream<Read> withAnEnd() throws IOException {
        return all().filter(read -> !read.isStream());
    }

    private static @Nullable Read read(String path, JsonObject operation) {
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
