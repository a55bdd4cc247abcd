package io.openuptimes.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where services are checked from, by names; and the ids by which what is kept of a service at one of them is found,
 * {@code <service id>@<location>}: no service's own id has an {@code @}.
 */
public final class Locations {

    private static final int MAX = 10;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final char AT = '@';

    /** What the name of a location is made of, for messages. */
    public static final String RULE = "1 to 32 lowercase letters, digits and -, starting with a letter or digit";

    private Locations() {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Those that a caller gave, in the order given.
     *
     * @param given should be a list of names; null for none
     * @throws InvalidInputException if it is not, or has one twice, or too many
     */
    static List<String> parse(@Nullable Object given) throws InvalidInputException {
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof List<?> list)) {
            throw new InvalidInputException("locations", "must be a list of names");
        }
        if (list.size() > MAX) {
            throw new InvalidInputException("locations", "must have at most " + MAX + " entries");
        }
        List<String> names = new ArrayList<>(list.size());
        for (Object entry : list) {
            if (!(entry instanceof String name) || !isName(name)) {
                throw new InvalidInputException("locations", "must be names of " + RULE);
            }
            if (names.contains(name)) {
                throw new InvalidInputException("locations", "has " + name + " twice");
            }
            names.add(name);
        }
        return names;
    }

    /** Names what is known of a service at one location. */
    public static String idAt(String serviceId, String location) {
        return serviceId + AT + location;
    }

    public static boolean isIdAt(String id) {
        return id.indexOf(AT) >= 0;
    }

    /** The service that an id is of, whether it names a location too or not. */
    public static String serviceId(String id) {
        int at = id.indexOf(AT);
        return at < 0 ? id : id.substring(0, at);
    }

    /** The location that an id names; null for that of a service as a whole. */
    public static @Nullable String location(String id) {
        int at = id.indexOf(AT);
        return at < 0 ? null : id.substring(at + 1);
    }
}
