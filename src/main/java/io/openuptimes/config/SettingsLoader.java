package io.openuptimes.config;

import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Loads the settings file with vertx-config and reads it together with the environment. */
public final class SettingsLoader {

    private static final String FILE_VARIABLE = "OPENUPTIMES_CONFIG";
    private static final String DEFAULT_FILE = "conf/openuptimes.yaml";

    private SettingsLoader() {}

    /**
     * The file is the one that {@code OPENUPTIMES_CONFIG} names, which must then exist, or {@code conf/openuptimes.yaml}
     * if that exists.
     *
     * @return fails with {@link InvalidSettingsException} if the file or a value in it or in the environment is bad
     */
    public static Future<Settings> load(Vertx vertx, Map<String, String> environment) {
        return load(vertx, null, environment);
    }

    /**
     * The same with a file of the command line, which must exist.
     *
     * @param option takes precedence over the environment; null for none
     */
    public static Future<Settings> load(Vertx vertx, @Nullable String option, Map<String, String> environment) {
        String source = option == null ? FILE_VARIABLE : "--config";
        String named = option == null ? new Environment(environment).given(FILE_VARIABLE) : option;
        Path file = Path.of(named == null ? DEFAULT_FILE : named);
        if (!Files.isRegularFile(file)) {
            return named == null
                    ? read(new JsonObject(), environment)
                    : invalid(source + ": file " + file + " does not exist");
        }
        // not through a ConfigRetriever, which stumbles over a file of nothing but comments
        return vertx.fileSystem()
                .readFile(file.toAbsolutePath().toString())
                .compose(content -> new YamlProcessor().process(vertx, new JsonObject(), content))
                .map(content -> content == null ? new JsonObject() : content)
                .recover(e -> invalid(file + ": cannot be read: " + reason(e)))
                .compose(content -> read(content, environment));
    }

    private static Future<Settings> read(JsonObject file, Map<String, String> environment) {
        try {
            return Future.succeededFuture(SettingsReader.read(file, environment));
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
    }

    /** Never the text of the file, which may hold secrets. */
    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
                return yaml.getProblem() + " in line " + (yaml.getProblemMark().getLine() + 1);
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static <T> Future<T> invalid(String problem) {
        return Future.failedFuture(new InvalidSettingsException(List.of(problem)));
    }
}
