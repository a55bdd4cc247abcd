package io.openuptimes.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        ConfigRetriever retriever = ConfigRetriever.create(vertx, only(file));
        return retriever
                .getConfig()
                .eventually(retriever::close)
                .recover(e -> invalid(file + ": cannot be read: " + reason(e)))
                .compose(content -> read(content, environment));
    }

    /** Read once, because settings do not change while the service runs. */
    private static ConfigRetrieverOptions only(Path file) {
        return new ConfigRetrieverOptions()
                .setScanPeriod(-1)
                .addStore(new ConfigStoreOptions()
                        .setType("file")
                        .setFormat(SettingsProcessor.FORMAT)
                        .setConfig(new JsonObject()
                                .put("path", file.toAbsolutePath().toString())));
    }

    private static Future<Settings> read(JsonObject file, Map<String, String> environment) {
        try {
            return Future.succeededFuture(SettingsReader.read(file, environment));
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
    }

    private static String reason(Throwable failure) {
        return failure instanceof InvalidSettingsException invalid
                ? String.join("; ", invalid.problems())
                : failure.getClass().getSimpleName();
    }

    private static <T> Future<T> invalid(String problem) {
        return Future.failedFuture(new InvalidSettingsException(List.of(problem)));
    }
}
