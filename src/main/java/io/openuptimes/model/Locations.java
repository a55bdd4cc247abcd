package io.openuptimes.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of locations that services are checked from, and the ids {@code <service id>@<location>} under which data of a
 * service at one location is stored; service ids never contain {@code @}.
 */
public final class Locations {

    static final int MAX = 10;
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final char AT = '@';

    /** The syntax of a location's name, for messages. */
    public static final String RULE = "1 to 32 lowercase letters, digits and -, starting with a letter or digit";

    private Locations() {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Parses a caller's locations, keeping their order.
     *
     * @param given expected to be a list of names
     * @throws InvalidInputException if it is anything else, has duplicates, or is too long
     */
    static List<String> parse(Object given) throws InvalidInputException {
        if (!(given instanceof List<?> list)) {
            throw new InvalidInputException(Problem.wrongType("locations", "must be a list of names", "array"));
        }
        if (list.size() > MAX) {
            throw new InvalidInputException(
                    Problem.beyond(ProblemCode.TOO_MANY, "locations", "must have at most " + MAX + " entries", MAX));
        }
        List<String> names = new ArrayList<>(list.size());
        for (Object entry : list) {
            if (!(entry instanceof String name) || !isName(name)) {
                throw new InvalidInputException(ProblemCode.INVALID_FORMAT, "locations", "must be names of " + RULE);
            }
            if (names.contains(name)) {
                throw new InvalidInputException(ProblemCode.DUPLICATE, "locations", "has " + name + " twice");
            }
            names.add(name);
        }
        return names;
    }

    /** The id for the data of a service at one location. */
    public static String idAt(String serviceId, String location) {
        return serviceId + AT + location;
    }

    public static boolean isIdAt(String id) {
        return id.indexOf(AT) >= 0;
    }

    /** The service of an id with or without a location. */
    public static String serviceId(String id) {
        int at = id.indexOf(AT);
        return at < 0 ? id : id.substring(0, at);
    }

    /** The location of an id; null for that of a service as a whole. */
    public static @Nullable String location(String id) {
        int at = id.indexOf(AT);
        return at < 0 ? null : id.substring(at + 1);
    }
}
