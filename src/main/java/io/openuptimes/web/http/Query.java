package io.openuptimes.web.http;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.LabelSelector;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses a request's query strictly: an unknown, malformed or wrongly repeated parameter is a 400. Cache-busting and
 * campaign parameters, {@code _} and {@code utm_*}, are ignored.
 */
public final class Query {

    private static final int MAX_GROUPS = 1_000;
    private static final String CACHE_BUSTER = "_";
    private static final String CAMPAIGN = "utm_";
    private static final String KEY = Query.class.getName();

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern ANY_WHOLE = Pattern.compile("-?[0-9]{1,1000}");

    private record Parameter(String name, String rawValue) {}

    private final List<Parameter> parameters = new ArrayList<>();

    private Query(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return;
        }
        for (String part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String known = PercentCoding.decode(name, true)
                    .orElseThrow(() -> Errors.invalid(
                            "query", "contains a parameter name that is not valid percent-encoded UTF-8"));
            if (!known.equals(CACHE_BUSTER) && !known.startsWith(CAMPAIGN)) {
                parameters.add(new Parameter(known, equals < 0 ? "" : part.substring(equals + 1)));
            }
        }
    }

    public static Query of(RoutingContext context) {
        Query read = context.get(KEY);
        return read != null ? read : new Query(context.request().query());
    }

    /**
     * Checks parameter names. Add this to a route before the operation's handler; it does nothing without a query.
     *
     * @param known allowed parameters; any other is a 400 that names it and lists these
     */
    public static Handler<RoutingContext> taking(Set<String> known) {
        return context -> {
            if (context.request().query() != null) {
                Query query = of(context);
                query.refuseOthers(known);
                context.put(KEY, query);
            }
            context.next();
        };
    }

    public static Query parse(@Nullable String raw) {
        return new Query(raw);
    }

    /** Whether the parameter is present, whatever its value. */
    public boolean has(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /** Rejects unknown names, so that a misspelt one is not ignored. */
    private void refuseOthers(Set<String> known) {
        for (Parameter parameter : parameters) {
            if (!known.contains(parameter.name())) {
                throw Errors.invalid(
                        Excerpt.ofName(parameter.name()),
                        known.isEmpty()
                                ? "unknown parameter; none are allowed here"
                                : "unknown parameter; allowed: " + String.join(", ", known));
            }
        }
    }

    /** All values of a parameter, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                values.add(PercentCoding.decode(parameter.rawValue(), true)
                        .orElseThrow(() -> Errors.invalid(name, "is not valid percent-encoded UTF-8")));
            }
        }
        return values;
    }

    /** The values of a parameter that may be repeated up to {@code max} times. */
    public Set<String> some(String name, int max) {
        List<String> values = all(name);
        if (values.size() > max) {
            throw Errors.invalid(name, "must be given at most " + max + " times");
        }
        return Set.copyOf(values);
    }

    /** The value of a parameter that may be given once; null if absent. */
    @Nullable
    public String text(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw Errors.invalid(name, "must be given only once");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The value of a parameter that must be given once and not be empty. */
    public String required(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw Errors.invalid(name, "is required");
        }
        return value;
    }

    /** The selector made of all {@code label} parameters, one term each; matches every service if absent. */
    public LabelSelector labels() {
        try {
            return LabelSelector.parse("label", all("label"));
        } catch (InvalidInputException e) {
            throw new ApiException(400, e.what());
        }
    }

    /** The values of {@code group}; the empty one selects services without a group. */
    public Set<String> groups() {
        return some("group", MAX_GROUPS);
    }

    /** Whether a parameter is {@code true}; false if absent. */
    public boolean flag(String name) {
        String value = text(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw Errors.invalid(name, "must be true or false");
        }
        return "true".equals(value);
    }

    /** An integer within bounds. */
    public long whole(String name, long otherwise, long min, long max) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        if (WHOLE.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw Errors.invalid(name, "must be a whole number from " + min + " to " + max);
    }

    /** An integer, clamped to the bounds. */
    public long cut(String name, long otherwise, long min, long max) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        if (!ANY_WHOLE.matcher(value).matches()) {
            throw Errors.invalid(name, "must be a whole number");
        }
        BigInteger number = new BigInteger(value);
        return number.max(BigInteger.valueOf(min)).min(BigInteger.valueOf(max)).longValueExact();
    }
}
