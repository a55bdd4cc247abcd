package io.openuptimes.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** A service's fields as an answer shows them: what the caller may not see is {@value #HIDDEN}. */
public final class ServiceView {

    /** Stands for a value that is set and not shown. Sent back, it keeps that value; see {@link HiddenValues}. */
    public static final String HIDDEN = "•••";

    private ServiceView() {}

    /** The fields in the order of {@link ServiceFields#SHOWN}; the map is the caller's. */
    public static Map<String, Object> of(Service service, Disclosure disclosure) {
        Map<String, Object> fields = ServiceFields.toShownMap(service);
        if (disclosure != Disclosure.FULL) {
            fields.put("url", url(service, disclosure));
            fields.put("headers", headers(service.headers()));
            if (service.body() != null && (service.bodySecret() || disclosure != Disclosure.WRITER)) {
                fields.put("body", HIDDEN);
            }
        }
        return fields;
    }

    /** Readers get it without query and fragment; the public gets none. */
    public static String url(Service service, Disclosure disclosure) {
        return switch (disclosure) {
            case PUBLIC -> "";
            case READER -> withoutQuery(service.url());
            case WRITER, FULL -> service.url();
        };
    }

    static String withoutQuery(String url) {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '?' || c == '#') {
                return url.substring(0, i);
            }
        }
        return url;
    }

    private static Map<String, String> headers(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return headers;
        }
        Map<String, String> shown = new LinkedHashMap<>();
        headers.forEach((name, value) -> shown.put(name, SecretHeaders.isSecret(name) ? HIDDEN : value));
        return shown;
    }
}
