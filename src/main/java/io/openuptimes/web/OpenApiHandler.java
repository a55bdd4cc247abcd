package io.openuptimes.web;

import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Mount;
import io.openuptimes.web.http.StoredText;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Serves the OpenAPI document, as YAML and as JSON. */
final class OpenApiHandler {

    static final String RESOURCE = "openapi.yaml";

    private static final CharSequence YAML = HttpHeaders.createOptimized("application/yaml; charset=utf-8");

    private record Document(StoredText yaml, StoredText json) {}

    /** The document's server URL, which is replaced by the address that the caller uses. */
    private static final Pattern SERVER = Pattern.compile("(?<=^servers:\n  - url: )/$", Pattern.MULTILINE);

    /** By mount point; there are few, because each comes from the settings. */
    private final Map<String, Future<Document>> documents = new HashMap<>();

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("getOpenApiYaml", HttpMethod.GET, "/openapi.yaml", this::yaml),
                Endpoint.open("getOpenApiJson", HttpMethod.GET, "/openapi.json", this::json));
    }

    private void yaml(RoutingContext context) {
        document(context).onSuccess(found -> answer(context, found.yaml())).onFailure(context::fail);
    }

    private void json(RoutingContext context) {
        document(context).onSuccess(found -> answer(context, found.json())).onFailure(context::fail);
    }

    private static void answer(RoutingContext context, StoredText text) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, CacheControl.NO_CACHE);
        text.answer(context);
    }

    private Future<Document> document(RoutingContext context) {
        String mount = Mount.of(context);
        Future<Document> reading = documents.get(mount);
        if (reading == null || reading.failed()) {
            reading = context.vertx().executeBlocking(() -> read(mount), false);
            documents.put(mount, reading);
        }
        return reading;
    }

    private static Document read(String mount) throws IOException {
        try (InputStream in = OpenApiHandler.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE);
            }
            String yaml = seenAt(mount, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            JsonObject json = toJson(yaml);
            return new Document(
                    StoredText.of(YAML, yaml.getBytes(StandardCharsets.UTF_8)),
                    StoredText.of(Answers.JSON, json.toBuffer().getBytes()));
        }
    }

    private static String seenAt(String mount, String yaml) {
        return mount.isEmpty() ? yaml : SERVER.matcher(yaml).replaceFirst(mount);
    }

    /**
     * @throws YamlEngineException if it is not YAML, or has a duplicate key
     */
    @SuppressWarnings("unchecked") // a mapping
    static JsonObject toJson(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(false)
                .build();
        Map<String, Object> root = (Map<String, Object>) new Load(settings).loadFromString(yaml);
        return new JsonObject(root);
    }
}
