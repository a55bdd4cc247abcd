package io.openuptimes.check.type.http;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import io.openuptimes.model.ServiceView;
import io.openuptimes.model.field.EntryRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The headers that a service's checks send. */
final class RequestHeaders {

    static final String FIELD = "headers";

    static final int MAX = 50;
    private static final int MAX_VALUE = 4096;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    /** Tabs and the characters of ISO 8859-1 that are not control characters. */
    private static final Pattern VALUE = Pattern.compile("[\\t -~\\u0080-\\u00FF]*");
    /** Framing headers, which the prober sets. */
    private static final List<String> RESERVED = List.of(
            "connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    static final EntryRules NAMES = new EntryRules(NAME.pattern(), null, RESERVED, SecretHeaders.NAME.pattern());
    static final EntryRules VALUES = new EntryRules(VALUE.pattern(), MAX_VALUE, List.of(), null);

    private RequestHeaders() {}

    /**
     * Values may be {@link ServiceView#HIDDEN}.
     *
     * @param given a JSON object
     * @throws InvalidInputException if there are too many, or if one is not a valid header
     */
    static Map<String, String> parse(Object given) throws InvalidInputException {
        if (!(given instanceof Map<?, ?> map)) {
            throw new InvalidInputException(
                    Problem.wrongType(FIELD, "must be an object of names and values", "object"));
        }
        if (map.size() > MAX) {
            throw new InvalidInputException(
                    Problem.beyond(ProblemCode.TOO_MANY, FIELD, "must have at most " + MAX + " entries", MAX));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            headers.put(name, value(name, entry.getValue()));
        }
        return headers;
    }

    private static String value(String name, @Nullable Object given) throws InvalidInputException {
        String field = FIELD + "." + Excerpt.ofName(name);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(ProblemCode.INVALID_FORMAT, field, "is not a valid header name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidInputException(ProblemCode.READ_ONLY, field, "is set by the check itself");
        }
        String problem = "must be a string of at most " + MAX_VALUE + " characters";
        if (!(given instanceof String value)) {
            throw new InvalidInputException(Problem.wrongType(field, problem, "string"));
        }
        if (value.length() > MAX_VALUE) {
            throw new InvalidInputException(Problem.beyond(ProblemCode.TOO_LONG, field, problem, MAX_VALUE));
        }
        if (!value.equals(ServiceView.HIDDEN) && !VALUE.matcher(value).matches()) {
            throw new InvalidInputException(
                    ProblemCode.INVALID_FORMAT,
                    field,
                    "must not contain control characters or characters above U+00FF");
        }
        return value;
    }
}
