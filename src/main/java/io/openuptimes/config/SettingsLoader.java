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

/** Loads the settings file with vertx-config and combines it with the environment. */
public final class SettingsLoader {

    private static final String FILE_VARIABLE = "OPENUPTIMES_CONFIG";
    private static final String DEFAULT_FILE = "conf/openuptimes.yaml";

    private SettingsLoader() {}

    /**
     * Loads the file named by {@code OPENUPTIMES_CONFIG}, which must exist, or else {@code conf/openuptimes.yaml} if it
     * exists.
     *
     * @return fails with {@link InvalidSettingsException} if the file, one of its values, or a variable is invalid
     */
    public static Future<Settings> load(Vertx vertx, Map<String, String> environment) {
        return load(vertx, null, environment);
    }

    /**
     * The same with a file from the command line, which must exist.
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
        // not through a ConfigRetriever, which fails on a file that contains only comments
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

    /** Never quotes the file, which may contain secrets. */
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
