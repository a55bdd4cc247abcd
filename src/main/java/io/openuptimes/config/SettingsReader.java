package io.openuptimes.config;

import io.netty.util.NetUtil;
import io.openuptimes.config.Settings.Access;
import io.openuptimes.config.Settings.Checks;
import io.openuptimes.config.Settings.Egress;
import io.openuptimes.config.Settings.EmbeddedRedis;
import io.openuptimes.config.Settings.Http;
import io.openuptimes.config.Settings.Log;
import io.openuptimes.config.Settings.Metrics;
import io.openuptimes.config.Settings.Node;
import io.openuptimes.config.Settings.Redis;
import io.openuptimes.config.Settings.Secrets;
import io.openuptimes.config.Settings.Services;
import io.openuptimes.config.Settings.Store;
import io.openuptimes.config.Settings.Tls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Settings} of a settings file and the environment; the environment wins.
 *
 * <p>Every key of the file, {@code http.rateLimit} say, has a variable, {@code OPENUPTIMES_HTTP_RATE_LIMIT}; a few have
 * a shorter one besides. A key of the file that does not exist is a problem. An unknown variable is not: Kubernetes
 * sets {@code OPENUPTIMES_…} variables of its own for a service of that name.
 */
public final class SettingsReader {

    private static final int MAX = Integer.MAX_VALUE;
    private static final int MIN_SECRET_KEY = 16;
    /** An empty Redis with connections takes a few MiB, and a full one takes no writes at all. */
    private static final long MIN_REDIS_MEMORY = 16L << 20;
    /** As services name theirs; settings know nothing of the model, a test sees that both are the same. */
    private static final Pattern LOCATION = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private final JsonObject file;
    private final Map<String, String> environment;
    private final Map<String, List<String>> known = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(JsonObject file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    /**
     * @param file the settings file's content
     * @param environment the process's environment
     * @throws InvalidSettingsException if any key is unknown or any value bad, with a line for each
     */
    public static Settings read(JsonObject file, Map<String, String> environment) throws InvalidSettingsException {
        SettingsReader reader = new SettingsReader(file, environment);
        Settings settings = reader.settings();
        reader.refuseUnknown("", file);
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(reader.problems);
        }
        return settings;
    }

    /** Every key there is, with the variables that set it; the first that is set counts. */
    static Map<String, List<String>> variables() {
        SettingsReader reader = new SettingsReader(new JsonObject(), Map.of());
        var unused = reader.settings();
        return reader.known;
    }

    private Settings settings() {
        int processors = Runtime.getRuntime().availableProcessors();
        int instances = Math.max(1, Math.min(4, processors / 2));
        return new Settings(
                new Http(
                        text("http.host", "0.0.0.0"),
                        whole("http.port", 8080, 0, 65535),
                        whole("http.instances", instances, 1, 64),
                        whole("http.rateLimit", 100, 0, 1_000_000, "OPENUPTIMES_RATE_LIMIT"),
                        whole("http.maxEventStreams", 10_000, 1, 1_000_000),
                        addresses("http.trustedProxies"),
                        tls()),
                new Node(text("node.name", hostName()), location("node.location")),
                redis(),
                new EmbeddedRedis(redisServer("redis.server"), bytes("redis.maxMemory")),
                new Checks(
                        whole("checks.interval", 60, 1, 86_400, "OPENUPTIMES_CHECK_INTERVAL"),
                        whole("checks.instances", Math.max(1, Math.min(4, processors)), 1, 64),
                        whole("checks.maxInFlight", 20_000, 1, 100_000),
                        whole("checks.maxPerHost", 20, 1, 100_000),
                        optional("checks.caFile"),
                        whole("checks.tlsResumption", 0, 0, 86_400)),
                new Egress(addresses("egress.deny"), addresses("egress.allow"), flag("egress.private", true)),
                new Services(optional("services.file")),
                new Store(whole("store.queue", 1_000_000, 1_000, MAX), whole("store.batch", 200, 1, 10_000)),
                new Access(optional("access.apiKey", "OPENUPTIMES_API_KEY")),
                secrets(),
                new Metrics(flag("metrics.services", true)),
                new Log(
                        choice("log.level", "info", List.of("error", "warn", "info", "debug")),
                        choice("log.format", "text", List.of("text", "json")).equals("json")));
    }

    private @Nullable Tls tls() {
        String cert = optional("http.tls.cert");
        String key = optional("http.tls.key");
        if (cert != null && key != null) {
            return new Tls(cert, key);
        }
        if (cert != null) {
            problems.add("http.tls.key: is required with http.tls.cert");
        } else if (key != null) {
            problems.add("http.tls.cert: is required with http.tls.key");
        }
        return null;
    }

    private Secrets secrets() {
        String key = optional("secrets.key", "OPENUPTIMES_SECRET_KEY");
        List<String> previous = list("secrets.previousKeys");
        if (key != null) {
            requireLong("secrets.key", key);
        } else if (!previous.isEmpty()) {
            problems.add("secrets.previousKeys: needs a secrets.key");
        }
        previous.forEach(old -> requireLong("secrets.previousKeys", old));
        return new Secrets(key, previous);
    }

    /** The value is not shown: it is a secret. */
    private void requireLong(String source, String secret) {
        if (secret.strip().length() < MIN_SECRET_KEY) {
            problems.add(source + ": must be 32 bytes in base64 or hexadecimal, or a passphrase of " + MIN_SECRET_KEY
                    + " characters or more");
        }
    }

    private List<String> list(String key) {
        Given given = find(key);
        if (given == null) {
            return List.of();
        }
        List<?> parts = given.value() instanceof JsonArray array
                ? array.getList()
                : List.of(given.value().toString().split(",", -1));
        return parts.stream().map(part -> String.valueOf(part).strip()).toList();
    }

    private @Nullable String location(String key) {
        String name = optional(key);
        if (name != null && !LOCATION.matcher(name).matches()) {
            problems.add(key + ": must be 1 to 32 lower-case letters, digits and -, beginning with a letter or digit,"
                    + " not \"" + name + "\"");
        }
        return name;
    }

    /** As the system calls itself; asking a name server could take long. */
    private String hostName() {
        String variable = environment.get("HOSTNAME");
        if (variable != null && !variable.isBlank()) {
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

    private Redis redis() {
        Redis redis = new Redis(
                choice("redis.type", "standalone", List.of("standalone", "sentinel", "cluster")),
                redisUrls("redis.url"),
                text("redis.master", "mymaster"),
                optional("redis.sentinelUser"),
                optional("redis.sentinelPassword"),
                text("redis.dataDir", "./data", "OPENUPTIMES_DATA_DIR"),
                optional("redis.caFile"));
        boolean standalone = redis.type().equals("standalone");
        if (standalone && redis.urls().size() > 1) {
            problems.add("redis.url: several URLs need the redis.type sentinel or cluster");
        }
        if (!standalone && redis.urls().isEmpty() && !redisUrlGiven()) {
            problems.add("redis.type: \"" + redis.type() + "\" needs a redis.url");
        }
        if (redis.urls().stream()
                        .map(url -> URI.create(url).getScheme())
                        .distinct()
                        .count()
                > 1) {
            problems.add("redis.url: all of its URLs must be redis://, or all of them rediss://");
        }
        if (redis.type().equals("cluster")
                && redis.urls().stream()
                        .anyMatch(url -> URI.create(url).getPath().matches("/0*[1-9][0-9]*"))) {
            problems.add("redis.url: a cluster has the database 0 only");
        }
        if (redis.sentinelUser() != null && redis.sentinelPassword() == null) {
            problems.add("redis.sentinelUser: needs a redis.sentinelPassword");
        }
        return redis;
    }

    private String redisServer(String key) {
        Given given = find(key);
        String server = given == null ? "auto" : given.value().toString();
        if (given != null && !List.of("auto", "bundled").contains(server) && !new File(server).isAbsolute()) {
            problems.add(given.source() + ": must be auto, bundled or the absolute path of a program, not \"" + server
                    + "\"");
        }
        return server;
    }

    /** Null if it is not set. */
    private @Nullable Long bytes(String key) {
        Given given = find(key);
        if (given == null) {
            return null;
        }
        Long bytes = ByteSize.parse(given.value().toString());
        if (bytes == null || (bytes > 0 && bytes < MIN_REDIS_MEMORY)) {
            problems.add(given.source() + ": must be 16mb or more, such as 536870912, 512mb or 2gb, or 0 for no limit,"
                    + " not \"" + given.value() + "\"");
        }
        return bytes;
    }

    private boolean redisUrlGiven() {
        return find("redis.url", "REDIS_URL") != null;
    }

    /** {@code http.rateLimit} becomes {@code OPENUPTIMES_HTTP_RATE_LIMIT}. */
    private static String variable(String key) {
        return "OPENUPTIMES_"
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** A value and the name by which its giver knows it. */
    private record Given(String source, Object value) {}

    private @Nullable Given find(String key, String... otherVariables) {
        List<String> variables = new ArrayList<>(List.of(variable(key)));
        variables.addAll(List.of(otherVariables));
        known.put(key, List.copyOf(variables));
        for (String variable : variables) {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                return new Given(variable, value);
            }
        }
        Object value = file;
        for (String part : key.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.getValue(part) : null;
        }
        return value == null ? null : new Given(key, value);
    }

    private @Nullable String optional(String key, String... variables) {
        Given given = find(key, variables);
        if (given == null) {
            return null;
        }
        if (given.value() instanceof JsonObject || given.value() instanceof JsonArray) {
            problems.add(given.source() + ": must be a text");
            return null;
        }
        return given.value().toString();
    }

    private String text(String key, String otherwise, String... variables) {
        String given = optional(key, variables);
        return given == null ? otherwise : given;
    }

    private int whole(String key, int otherwise, int min, int max, String... variables) {
        Given given = find(key, variables);
        if (given == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(given.value().toString().strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, as for any other bad value
        }
        problems.add(given.source() + ": must be a whole number from " + min + " to " + max + ", not \"" + given.value()
                + "\"");
        return otherwise;
    }

    private boolean flag(String key, boolean otherwise) {
        return choice(key, String.valueOf(otherwise), List.of("true", "false")).equals("true");
    }

    private String choice(String key, String otherwise, List<String> choices) {
        Given given = find(key);
        if (given == null) {
            return otherwise;
        }
        String value = given.value().toString();
        if (!choices.contains(value)) {
            problems.add(given.source() + ": must be one of " + choices + ", not \"" + value + "\"");
            return otherwise;
        }
        return value;
    }

    private List<String> addresses(String key) {
        Given given = find(key);
        if (given == null) {
            return List.of();
        }
        List<String> blocks = new ArrayList<>();
        List<?> parts = given.value() instanceof JsonArray array
                ? array.getList()
                : List.of(given.value().toString().split(",", -1));
        for (Object part : parts) {
            String block = String.valueOf(part).strip();
            if (!isAddressOrBlock(block)) {
                problems.add(given.source() + ": must be addresses or CIDR blocks, not \"" + block + "\"");
            } else {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static boolean isAddressOrBlock(String block) {
        int slash = block.indexOf('/');
        String address = slash < 0 ? block : block.substring(0, slash);
        int bits = NetUtil.isValidIpV4Address(address) ? 32 : NetUtil.isValidIpV6Address(address) ? 128 : -1;
        return bits > 0
                && (slash < 0
                        || (block.substring(slash + 1).matches("[0-9]{1,3}")
                                && Integer.parseInt(block.substring(slash + 1)) <= bits));
    }

    private List<String> redisUrls(String key) {
        Given given = find(key, "REDIS_URL");
        if (given == null) {
            return List.of();
        }
        // there may be a comma in a password
        List<?> urls = given.value() instanceof JsonArray array
                ? array.getList()
                : List.of(given.value().toString().split(",\\s*(?=rediss?://)", -1));
        List<String> valid = new ArrayList<>();
        for (Object part : urls) {
            String url = String.valueOf(part).strip();
            if (isRedisUrl(url)) {
                valid.add(url);
            } else {
                // the value is not shown: it may hold a password
                problems.add(given.source() + ": must be redis://[user:password@]host:port[/database], or rediss://");
            }
        }
        return valid;
    }

    private static boolean isRedisUrl(String text) {
        try {
            URI url = new URI(text);
            return List.of("redis", "rediss").contains(url.getScheme())
                    && url.getHost() != null
                    && url.getPort() <= 65535
                    && url.getPath().matches("(/[0-9]{0,5})?")
                    && url.getQuery() == null
                    && url.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void refuseUnknown(String prefix, JsonObject section) {
        for (Map.Entry<String, Object> entry : section) {
            String key = prefix + entry.getKey();
            boolean isSection = known.keySet().stream().anyMatch(name -> name.startsWith(key + "."));
            if (isSection && entry.getValue() instanceof JsonObject nested) {
                refuseUnknown(key + ".", nested);
            } else if (isSection && entry.getValue() != null) {
                problems.add(key + ": must be a section of settings");
            } else if (!isSection && !known.containsKey(key)) {
                problems.add(key + ": unknown setting");
            }
        }
    }
}
