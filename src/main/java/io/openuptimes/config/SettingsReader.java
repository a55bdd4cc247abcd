package io.openuptimes.config;

import io.openuptimes.config.Settings.Access;
import io.openuptimes.config.Settings.Checks;
import io.openuptimes.config.Settings.Egress;
import io.openuptimes.config.Settings.Http;
import io.openuptimes.config.Settings.Log;
import io.openuptimes.config.Settings.Metrics;
import io.openuptimes.config.Settings.Node;
import io.openuptimes.config.Settings.Secrets;
import io.openuptimes.config.Settings.Services;
import io.openuptimes.config.Settings.Store;
import io.openuptimes.config.Settings.Tls;
import io.openuptimes.model.Policy;
import io.openuptimes.model.PolicyFields;
import io.openuptimes.model.RetryBackoff;
import io.openuptimes.model.RetryOn;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link Settings} from a settings file and the environment; the environment takes precedence.
 *
 * <p>Every key of the file, such as {@code http.rateLimit}, has a variable, {@code OPENUPTIMES_HTTP_RATE_LIMIT}; a few
 * also have a shorter one. An unknown key in the file is an error. An unknown variable is not, because Kubernetes sets
 * {@code OPENUPTIMES_…} variables for a service of that name.
 */
public final class SettingsReader {

    private static final int MAX = Integer.MAX_VALUE;
    private static final int MIN_SECRET_KEY = 16;
    private static final int DNS_PORT = 53;
    /** Each unresponsive name server delays a lookup by several seconds. */
    private static final int MAX_NAME_SERVERS = 8;
    /** The same pattern as for services; a test compares both, because settings do not depend on the model. */
    private static final Pattern LOCATION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private final SettingValues values;

    private SettingsReader(SettingValues values) {
        this.values = values;
    }

    /**
     * @param file the settings file's content
     * @param environment the process's environment
     * @throws InvalidSettingsException if any key is unknown or any value invalid; one line per problem
     */
    public static Settings read(JsonObject file, Map<String, String> environment) throws InvalidSettingsException {
        SettingValues values = new SettingValues(file, environment);
        Settings settings = new SettingsReader(values).settings();
        values.refuseUnknown();
        if (!values.problems().isEmpty()) {
            throw new InvalidSettingsException(values.problems());
        }
        return settings;
    }

    /** All keys with their variables; the first variable that is set takes precedence. */
    static Map<String, List<String>> variables() {
        SettingValues values = new SettingValues(new JsonObject(), Map.of());
        var unused = new SettingsReader(values).settings();
        return values.known();
    }

    private Settings settings() {
        RedisSettings redis = new RedisSettings(values);
        WebSettings web = new WebSettings(values);
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = Math.max(1, Math.min(4, processors / 2));
        return new Settings(
                new Http(
                        values.text("http.host", "0.0.0.0"),
                        values.whole("http.port", 8080, 0, 65535),
                        values.whole("http.instances", instances, 1, 64),
                        values.whole("http.rateLimit", 100, 0, 1_000_000, "OPENUPTIMES_RATE_LIMIT"),
                        values.whole("http.maxEventStreams", 10_000, 1, 1_000_000),
                        web.proxies(),
                        web.basePath(),
                        web.allowedOrigins(),
                        tls()),
                new Node(values.text("node.name", hostName()), location("node.location")),
                redis.redis(),
                redis.embedded(),
                new Checks(
                        values.whole("checks.interval", 60, 1, 86_400, "OPENUPTIMES_CHECK_INTERVAL"),
                        values.whole("checks.instances", Math.max(1, Math.min(4, processors)), 1, 64),
                        values.whole("checks.maxInFlight", 20_000, 1, 100_000),
                        values.whole("checks.maxPerHost", 20, 1, 100_000),
                        values.optional("checks.caFile"),
                        values.whole("checks.tlsResumption", 0, 0, 86_400),
                        values.servers("checks.nameServers", DNS_PORT, MAX_NAME_SERVERS, "OPENUPTIMES_NAME_SERVERS"),
                        new ClientCertificateSettings(values).read(),
                        policy()),
                new Egress(
                        values.addresses("egress.deny"),
                        values.addresses("egress.allow"),
                        values.flag("egress.private", true)),
                new Services(values.optional("services.file")),
                new Store(
                        values.whole("store.queue", 1_000_000, 1_000, MAX),
                        values.whole("store.batch", 200, 1, 10_000)),
                new Access(values.optional("access.apiKey", "OPENUPTIMES_API_KEY")),
                secrets(),
                new Metrics(
                        values.flag("metrics.services", true),
                        values.flag("metrics.details", false),
                        web.metricLabels()),
                new Log(
                        values.choice("log.level", "info", List.of("error", "warn", "info", "debug")),
                        values.choice("log.format", "text", List.of("text", "json"))
                                .equals("json")));
    }

    private Policy policy() {
        return new Policy(
                values.whole("checks.retries", 1, 0, PolicyFields.MAX_RETRIES),
                values.whole("checks.retryInterval", 2, 1, PolicyFields.MAX_RETRY_INTERVAL),
                RetryBackoff.ofWord(
                        values.choice("checks.retryBackoff", RetryBackoff.LINEAR.word(), PolicyFields.BACKOFFS)),
                RetryOn.ofWord(values.choice("checks.retryOn", RetryOn.ANY.word(), PolicyFields.RETRY_ON)),
                values.whole("checks.failureThreshold", 1, 1, PolicyFields.MAX_THRESHOLD),
                values.whole("checks.successThreshold", 1, 1, PolicyFields.MAX_THRESHOLD),
                values.flag("checks.confirmElsewhere", true),
                values.whole("checks.degradedAfter", 0, 0, PolicyFields.MAX_DEGRADED_AFTER),
                values.whole("checks.flapCount", 6, 0, PolicyFields.MAX_FLAP_COUNT),
                values.whole("checks.flapMinutes", 30, 1, PolicyFields.MAX_FLAP_MINUTES));
    }

    private @Nullable Tls tls() {
        String cert = values.optional("http.tls.cert");
        String key = values.optional("http.tls.key");
        if (cert != null && key != null) {
            return new Tls(cert, key);
        }
        if (cert != null) {
            values.problem("http.tls.key: is required with http.tls.cert");
        } else if (key != null) {
            values.problem("http.tls.cert: is required with http.tls.key");
        }
        return null;
    }

    private Secrets secrets() {
        String key = values.optional("secrets.key", "OPENUPTIMES_SECRET_KEY");
        List<String> previous = values.list("secrets.previousKeys");
        if (key != null) {
            requireLong("secrets.key", key);
        } else if (!previous.isEmpty()) {
            values.problem("secrets.previousKeys: needs a secrets.key");
        }
        previous.forEach(old -> requireLong("secrets.previousKeys", old));
        return new Secrets(key, previous);
    }

    /** Omits the value, which is a secret. */
    private void requireLong(String source, String secret) {
        if (secret.strip().length() < MIN_SECRET_KEY) {
            values.problem(source + ": must be 32 bytes in base64 or hexadecimal, or a passphrase of " + MIN_SECRET_KEY
                    + " characters or more");
        }
    }

    private @Nullable String location(String key) {
        String name = values.optional(key);
        if (name != null && !LOCATION.matcher(name).matches()) {
            values.problem(key + ": must be 1 to 32 lowercase letters, digits and -, starting with a letter or digit,"
                    + " not \"" + name + "\"");
        }
        return name;
    }

    /** The local host name, without a name server lookup if possible, because that can be slow. */
    private String hostName() {
        String variable = values.environment("HOSTNAME");
        if (variable != null) {
            return variable;
        }
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return localHostName();
        }
    }

    private static String localHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
