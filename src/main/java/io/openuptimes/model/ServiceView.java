package io.openuptimes.model;

import java.util.Map;

/** A service's fields in an answer; values that the caller may not see become {@value #HIDDEN}. */
public final class ServiceView {

    /** Replaces a value that is set but not shown. Sent back, it keeps the stored value; see {@link HiddenValues}. */
    public static final String HIDDEN = "•••";

    private ServiceView() {}

    /** The fields in the order of {@link ServiceFields#SHOWN}, in a new map. */
    public static Map<String, Object> of(Service service, Disclosure disclosure) {
        return ServiceFields.toShown(service, disclosure);
    }

    /** Without query and fragment for readers; omitted for the public. */
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
}
