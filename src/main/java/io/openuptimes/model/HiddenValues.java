package io.openuptimes.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@link ServiceView#HIDDEN} in a caller's input by the stored value.
 *
 * <p>A caller that cannot read a secret must not be able to obtain it indirectly. Values are therefore only kept while
 * scheme, host and port of the URL stay the same, so that they cannot be redirected to another server, and a secret body
 * stays secret.
 */
public final class HiddenValues {

    private static final String MISSING = "is " + ServiceView.HIDDEN + ", but no value is stored; send the value";
    private static final String OTHER_ORIGIN =
            "is kept only for the same scheme, host and port; send the value again with the new URL";

    private final Service given;
    private final @Nullable Service stored;

    private HiddenValues(Service given, @Nullable Service stored) {
        this.given = given;
        this.stored = stored;
    }

    /**
     * The service to store.
     *
     * @param given by the caller
     * @param stored the service that it replaces; null for a new one
     * @throws InvalidInputException if there is no stored value for a hidden one, or it may not be kept
     */
    public static Service restore(Service given, @Nullable Service stored) throws InvalidInputException {
        boolean hidden =
                ServiceView.HIDDEN.equals(given.body()) || given.headers().containsValue(ServiceView.HIDDEN);
        return hidden ? new HiddenValues(given, stored).restored() : given;
    }

    private Service restored() throws InvalidInputException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : given.headers().entrySet()) {
            String name = header.getKey();
            boolean hidden = header.getValue().equals(ServiceView.HIDDEN);
            headers.put(name, hidden ? kept("headers." + name, storedHeader(name)) : header.getValue());
        }
        return given.with(headers, ServiceView.HIDDEN.equals(given.body()) ? keptBody() : given.body());
    }

    private String keptBody() throws InvalidInputException {
        String body = kept("body", stored == null ? null : stored.body());
        if (stored != null && stored.bodySecret() && !given.bodySecret()) {
            throw new InvalidInputException(
                    "bodySecret", "must stay true while the stored body is kept; send a new body");
        }
        return body;
    }

    private @Nullable String storedHeader(String name) {
        if (stored != null) {
            for (Map.Entry<String, String> header : stored.headers().entrySet()) {
                if (header.getKey().equalsIgnoreCase(name)) {
                    return header.getValue();
                }
            }
        }
        return null;
    }

    private String kept(String field, @Nullable String value) throws InvalidInputException {
        if (stored == null || value == null) {
            throw new InvalidInputException(field, MISSING);
        }
        if (!Target.sameOrigin(given.url(), stored.url())) {
            throw new InvalidInputException(field, OTHER_ORIGIN);
        }
        return value;
    }
}
