package io.openuptimes.config;

import io.netty.util.NetUtil;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values from a settings file and the environment, which takes precedence. An invalid value is recorded as
 * a problem and replaced by the default.
 */
final class SettingValues {

    private final JsonObject file;
    private final Environment environment;
    private final Map<String, List<String>> known = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingValues(JsonObject file, Map<String, String> environment) {
        this.file = file;
        this.environment = new Environment(environment);
    }

    /** All keys read so far, with their variables; the first variable that is set takes precedence. */
    Map<String, List<String>> known() {
        return known;
    }

    /** One line per invalid value so far. */
    List<String> problems() {
        return problems;
    }

    /**
     * @param text starts with the setting's name as the user wrote it
     */
    void problem(String text) {
        problems.add(text);
    }

    /** Reads a variable that is not a setting; null if it is unset or empty. */
    @Nullable
    String environment(String variable) {
        return environment.given(variable);
    }

    /** {@code http.rateLimit} becomes {@code OPENUPTIMES_HTTP_RATE_LIMIT}. */
    private static String variable(String key) {
        return "OPENUPTIMES_"
                + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** A value with the key or variable that sets it. */
    record Given(String source, Object value) {

        /**
         * Splits a list or a text into its parts.
         *
         * @param separator a regular expression
         */
        List<String> parts(String separator) {
            List<?> parts = value instanceof JsonArray array
                    ? array.getList()
                    : List.of(value.toString().split(separator, -1));
            return parts.stream().map(part -> String.valueOf(part).strip()).toList();
        }
    }

    /** Returns null if it is not set. */
    @Nullable
    Given find(String key, String... otherVariables) {
        List<String> variables = new ArrayList<>(List.of(variable(key)));
        variables.addAll(List.of(otherVariables));
        known.put(key, List.copyOf(variables));
        for (String variable : variables) {
            String value = environment.given(variable);
            if (value != null) {
                return new Given(variable, value);
            }
        }
        Object value = file;
        for (String part : key.split("\\.", -1)) {
            value = value instanceof JsonObject object ? object.getValue(part) : null;
        }
        return value == null ? null : new Given(key, value);
    }

    /** Returns null if it is not set. */
    @Nullable
    String optional(String key, String... variables) {
        Given given = find(key, variables);
        if (given == null) {
            return null;
        }
        if (given.value() instanceof JsonObject || given.value() instanceof JsonArray) {
            problems.add(given.source() + ": must be a string");
            return null;
        }
        return given.value().toString();
    }

    String text(String key, String otherwise, String... variables) {
        String given = optional(key, variables);
        return given == null ? otherwise : given;
    }

    int whole(String key, int otherwise, int min, int max, String... variables) {
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
            // reported below, like any other invalid value
        }
        problems.add(given.source() + ": must be a whole number from " + min + " to " + max + ", not \"" + given.value()
                + "\"");
        return otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return choice(key, String.valueOf(otherwise), List.of("true", "false")).equals("true");
    }

    String choice(String key, String otherwise, List<String> choices) {
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

    List<String> addresses(String key) {
        Given given = find(key);
        if (given == null) {
            return List.of();
        }
        List<String> blocks = new ArrayList<>();
        for (String block : given.parts(",")) {
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

    /**
     * Reads server addresses; empty if not set.
     *
     * @param port default port
     * @param most maximum number of servers
     */
    List<InetSocketAddress> servers(String key, int port, int most, String... variables) {
        Given given = find(key, variables);
        if (given == null) {
            return List.of();
        }
        List<InetSocketAddress> servers = new ArrayList<>();
        for (String part : given.parts(",")) {
            InetSocketAddress server = ServerAddress.parse(part, port);
            if (server == null) {
                problems.add(given.source() + ": must be addresses such as 10.0.0.53, 10.0.0.53:5353 or"
                        + " [fd00::53]:5353, not \"" + part + "\"");
            } else {
                servers.add(server);
            }
        }
        if (servers.size() > most) {
            problems.add(given.source() + ": must list at most " + most + " addresses");
        }
        return servers;
    }

    /** Returns an empty list if it is not set. */
    List<String> list(String key) {
        Given given = find(key);
        return given == null ? List.of() : given.parts(",");
    }

    /**
     * Returns null if it is not set, 0 for no limit.
     *
     * @param least minimum limit in bytes, a whole number of MiB
     */
    @Nullable
    Long bytes(String key, long least) {
        Given given = find(key);
        if (given == null) {
            return null;
        }
        Long bytes = ByteSize.parse(given.value().toString());
        if (bytes == null || (bytes > 0 && bytes < least)) {
            problems.add(given.source() + ": must be " + (least >> 20)
                    + "mb or more, such as 536870912, 512mb or 2gb, or 0 for no limit, not \"" + given.value() + "\"");
        }
        return bytes;
    }

    /** Reports keys of the file that are not settings. */
    void refuseUnknown() {
        refuseUnknown("", file);
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
