package io.openuptimes.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts services from and to field maps, with the contract's rules and defaults.
 *
 * <p>Maps are JSON objects: strings, numbers, booleans, nulls, lists and maps.
 */
public final class ServiceFields {

    /** In display order. */
    private static final List<String> NAMES = List.of(
            "name",
            "url",
            "description",
            "group",
            "expectedStatus",
            ExpectedStatuses.FIELD,
            "method",
            "timeout",
            "interval",
            "visible",
            "paused",
            RequestHeaders.FIELD,
            "body",
            "bodySecret",
            "followRedirects",
            "ignoreTlsErrors",
            "minTlsVersion",
            ClientCertificateName.FIELD,
            "labels",
            "locations",
            "quorum");

    /** Assigned by the server. Callers may send them back unchanged, so that an entry of the list can be PUT. */
    private static final Set<String> READ_ONLY = Set.of("id", "createdAt", "declared");

    /** The keys of {@link #toMap}, in order. */
    public static final Set<String> SHOWN = shown();

    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 4096;
    private static final int MAX_DESCRIPTION = 2000;
    private static final int MAX_GROUP = 100;
    private static final int MAX_BODY = 65536;
    /** Maximum number of unknown fields named in a message. */
    private static final int MAX_NAMED = 10;

    private ServiceFields() {}

    private static Set<String> shown() {
        Set<String> shown = new LinkedHashSet<>();
        shown.add("id");
        shown.addAll(NAMES);
        shown.add("createdAt");
        shown.add("declared");
        return Collections.unmodifiableSet(shown);
    }

    /** Parses a caller's input for a service that is not {@linkplain Service#declared() declared}. */
    public static Service parse(Map<String, ?> fields, String id, long createdAt) throws InvalidInputException {
        return parse(fields, id, createdAt, false);
    }

    /**
     * Parses a caller's input. Values may be {@link ServiceView#HIDDEN}: {@link HiddenValues} replaces them. {@link
     * ServiceNaming} applies {@link NameRules}, because that depends on the stored service.
     *
     * @param id of the service that this creates or replaces
     * @param createdAt of that service, epoch milliseconds
     * @param declared whether that service is declared
     * @throws InvalidInputException if a field is missing, unknown or invalid
     */
    public static Service parse(Map<String, ?> fields, String id, long createdAt, boolean declared)
            throws InvalidInputException {
        refuseUnknown(fields);
        refuseChanged(fields, "id", id);
        refuseChanged(fields, "createdAt", createdAt);
        refuseChanged(fields, "declared", declared);
        String name = requiredText(fields, "name", MAX_NAME);
        refuseControls("name", NameRules.trimmed(name));
        String group = text(fields, "group", MAX_GROUP, "");
        refuseControls("group", NameRules.trimmed(group));
        Expectation expected = Expectation.parse(fields);
        List<String> locations = Locations.parse(fields.get("locations"));
        return new Service(
                id,
                createdAt,
                name,
                url(fields),
                text(fields, "description", MAX_DESCRIPTION, ""),
                group,
                expected.status(),
                method(fields),
                whole(fields, "timeout", 10_000, 100, 120_000),
                fields.get("interval") == null ? null : whole(fields, "interval", 0, 1, 86_400),
                flag(fields, "visible", true),
                flag(fields, "paused", false),
                RequestHeaders.parse(fields.get(RequestHeaders.FIELD)),
                fields.get("body") == null ? null : text(fields, "body", MAX_BODY, ""),
                flag(fields, "bodySecret", false),
                flag(fields, "followRedirects", expected.isSuccess()),
                flag(fields, "ignoreTlsErrors", false),
                expected.statuses(),
                ClientCertificateName.parse(fields.get(ClientCertificateName.FIELD)),
                TlsVersion.parse("minTlsVersion", fields.get("minTlsVersion")),
                fields.get("labels") == null ? Map.of() : Labels.parse(fields.get("labels")),
                locations,
                quorum(fields, locations),
                declared);
    }

    /**
     * All fields, including secrets, in their stored form; {@link #parse} accepts them, and {@link ServiceView} removes what a
     * caller may not see. {@code bodySecret} is present only if true, {@code locations} and {@code quorum} only with locations.
     * Fields unknown to older versions are present only if set, so that these versions can read all other services.
     */
    public static Map<String, Object> toMap(Service service) {
        return toMap(service, false);
    }

    /** The same fields for an answer; fields unknown to older versions are null if not set. */
    static Map<String, Object> toShownMap(Service service) {
        return toMap(service, true);
    }

    private static Map<String, Object> toMap(Service service, boolean withUnset) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", service.id());
        map.put("name", service.name());
        map.put("url", service.url());
        map.put("description", service.description());
        map.put("group", service.group());
        map.put("expectedStatus", service.expectedStatus());
        putSet(map, ExpectedStatuses.FIELD, Objects.toString(service.expectedStatuses(), null), withUnset);
        map.put("method", service.method().name());
        map.put("timeout", service.timeout());
        map.put("interval", service.interval());
        map.put("visible", service.visible());
        map.put("paused", service.paused());
        map.put(RequestHeaders.FIELD, service.headers());
        map.put("body", service.body());
        if (service.bodySecret()) {
            map.put("bodySecret", true);
        }
        map.put("followRedirects", service.followRedirects());
        map.put("ignoreTlsErrors", service.ignoreTlsErrors());
        TlsVersion minTlsVersion = service.minTlsVersion();
        putSet(map, "minTlsVersion", minTlsVersion == null ? null : minTlsVersion.text(), withUnset);
        putSet(map, ClientCertificateName.FIELD, service.clientCertificate(), withUnset);
        map.put("labels", service.labels().isEmpty() ? Map.of() : new TreeMap<>(service.labels()));
        if (!service.locations().isEmpty()) {
            map.put("locations", service.locations());
            map.put("quorum", service.quorum());
        }
        map.put("createdAt", service.createdAt());
        map.put("declared", service.declared());
        return nonNullView(map);
    }

    private static void putSet(
            Map<String, @Nullable Object> map, String field, @Nullable Object value, boolean withUnset) {
        if (value != null || withUnset) {
            map.put(field, value);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects contain nulls, which readers expect
    private static Map<String, Object> nonNullView(Map<String, @Nullable Object> map) {
        return (Map<String, Object>) (Map<String, ?>) map;
    }

    private static void refuseUnknown(Map<String, ?> fields) throws InvalidInputException {
        List<String> unknown = new ArrayList<>();
        for (String field : fields.keySet()) {
            if (!NAMES.contains(field) && !READ_ONLY.contains(field) && unknown.size() < MAX_NAMED) {
                unknown.add(Excerpt.ofName(field));
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(
                    String.join(", ", unknown), "unknown field; known fields: " + String.join(", ", NAMES));
        }
    }

    private static void refuseChanged(Map<String, ?> fields, String field, Object own) throws InvalidInputException {
        Object given = fields.get(field);
        boolean same = given == null || given.toString().equals(own.toString());
        if (!same) {
            throw new InvalidInputException(field, "is set by the server and cannot be changed");
        }
    }

    private static String url(Map<String, ?> fields) throws InvalidInputException {
        String url = NameRules.trimmed(requiredText(fields, "url", MAX_URL));
        if (url.isEmpty()) {
            throw new InvalidInputException("url", "must not be empty");
        }
        refuseControls("url", url);
        try {
            Target.of(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("url", Objects.requireNonNullElse(e.getMessage(), "is not valid"));
        }
    }

    private static Method method(Map<String, ?> fields) throws InvalidInputException {
        Object given = fields.get("method");
        if (given == null) {
            return Method.GET;
        }
        for (Method method : Method.values()) {
            if (method.name().equals(given)) {
                return method;
            }
        }
        throw new InvalidInputException("method", "must be one of " + Arrays.toString(Method.values()));
    }

    private static @Nullable Integer quorum(Map<String, ?> fields, List<String> locations)
            throws InvalidInputException {
        if (fields.get("quorum") == null) {
            return null;
        }
        if (locations.isEmpty()) {
            throw new InvalidInputException("quorum", "requires locations, but the service has none");
        }
        return whole(fields, "quorum", 0, 1, locations.size());
    }

    private static String requiredText(Map<String, ?> fields, String field, int max) throws InvalidInputException {
        if (fields.get(field) == null) {
            throw new InvalidInputException(field, "is required");
        }
        String text = text(fields, field, max, "");
        if (text.isEmpty()) {
            throw new InvalidInputException(field, "must not be empty");
        }
        return text;
    }

    private static String text(Map<String, ?> fields, String field, int max, String otherwise)
            throws InvalidInputException {
        Object given = fields.get(field);
        if (given == null) {
            return otherwise;
        }
        if (!(given instanceof String text)) {
            throw new InvalidInputException(field, "must be a string");
        }
        if (text.codePointCount(0, text.length()) > max) {
            throw new InvalidInputException(field, "must be at most " + max + " characters");
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new InvalidInputException(field, "must be valid Unicode");
        }
        return text;
    }

    private static void refuseControls(String field, String text) throws InvalidInputException {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(field, "must not contain control characters");
        }
    }

    private static boolean flag(Map<String, ?> fields, String field, boolean otherwise) throws InvalidInputException {
        Object given = fields.get(field);
        if (given == null) {
            return otherwise;
        }
        if (!(given instanceof Boolean flag)) {
            throw new InvalidInputException(field, "must be true or false");
        }
        return flag;
    }

    private static int whole(Map<String, ?> fields, String field, int otherwise, int min, int max)
            throws InvalidInputException {
        Object given = fields.get(field);
        return given == null ? otherwise : (int) whole(field, given, min, max);
    }

    /**
     * A JSON number without a fraction (200 and 200.0, but not 200.5 or "200") within bounds.
     *
     * @throws InvalidInputException if it is anything else
     */
    public static long whole(String field, @Nullable Object given, long min, long max) throws InvalidInputException {
        if (given instanceof Number number && Double.isFinite(number.doubleValue())) {
            BigDecimal value = new BigDecimal(number.toString());
            boolean whole = value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
            if (whole
                    && value.compareTo(BigDecimal.valueOf(min)) >= 0
                    && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return value.longValue();
            }
        }
        throw new InvalidInputException(field, "must be a whole number from " + min + " to " + max);
    }
}
