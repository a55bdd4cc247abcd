package io.openuptimes.config;

import io.openuptimes.runtime.yaml.YamlProblem;
import io.openuptimes.runtime.yaml.YamlReader;
import io.vertx.config.spi.ConfigProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes vertx-config read settings as YAML 1.2; a file of comments has no settings. */
public final class SettingsProcessor implements ConfigProcessor {

    static final String FORMAT = "yaml";

    @Override
    public String name() {
        return FORMAT;
    }

    /**
     * @return fails with {@link InvalidSettingsException}, which names the line but does not quote the file, because it
     *     may contain secrets
     */
    @Override
    public Future<JsonObject> process(Vertx vertx, JsonObject configuration, Buffer input) {
        try {
            return Future.succeededFuture(parse(input));
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
    }

    private static JsonObject parse(Buffer input) throws InvalidSettingsException {
        // a decoder fails on invalid bytes, while a charset replaces them
        var utf8 = StandardCharsets.UTF_8.newDecoder();
        try {
            Object document = YamlReader.read(
                            new InputStreamReader(new ByteArrayInputStream(input.getBytes()), utf8), "", bytes -> {})
                    .value();
            if (document == null) {
                return new JsonObject();
            }
            if (document instanceof Map<?, ?> map) {
                return object(map);
            }
        } catch (YamlProblem e) {
            throw new InvalidSettingsException(List.of("it " + e.problem()));
        }
        throw new InvalidSettingsException(List.of("it is not a mapping of settings"));
    }

    private static JsonObject object(Map<?, ?> map) throws InvalidSettingsException {
        JsonObject object = new JsonObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new InvalidSettingsException(List.of("it has a key without a name"));
            }
            object.put(entry.getKey().toString(), json(entry.getValue()));
        }
        return object;
    }

    private static @Nullable Object json(@Nullable Object value) throws InvalidSettingsException {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof Iterable<?> list) {
            JsonArray array = new JsonArray();
            for (Object element : list) {
                array.add(json(element));
            }
            return array;
        }
        return value;
    }
}
