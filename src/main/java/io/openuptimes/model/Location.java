package io.openuptimes.model;

import java.util.Locale;

/**
 * Parses a {@code Location} header like browsers (URL standard of the WHATWG), so that redirects that work for visitors work
 * for checks: surrounding spaces and any tabs are ignored, a backslash counts as a slash, and any number of slashes may
 * precede the host. User name and password are dropped: an answer cannot make a check sign in elsewhere.
 */
final class Location {

    private Location() {}

    /**
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    static Target resolve(Target base, String location) {
        String text = withSlashes(withoutBlanks(location));
        int colon = endOfScheme(text);
        if (colon < 0) {
            return relative(base, text);
        }
        boolean tls = isTls(text.substring(0, colon).toLowerCase(Locale.ROOT));
        String rest = text.substring(colon + 1);
        return tls == base.tls() ? relative(base, rest) : absolute(tls, rest);
    }

    private static String withoutBlanks(String location) {
        String text = location.trim(); // includes control characters
        boolean clean = text.indexOf('\t') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return clean ? text : text.replaceAll("[\t\n\r]", "");
    }

    /** Query and fragment keep their backslashes. */
    private static String withSlashes(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        int end = 0;
        while (end < text.length() && "?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end).replace('\\', '/') + text.substring(end);
    }

    /** Index of the scheme's colon; -1 if there is no scheme. */
    private static int endOfScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i > 0 ? i : -1;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || "0123456789+.-".indexOf(c) < 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isTls(String scheme) {
        return switch (scheme) {
            case "https" -> true;
            case "http" -> false;
            default -> throw new IllegalArgumentException("must start with http:// or https://");
        };
    }

    /** Parses the text after a scheme that differs from the base's. */
    private static Target absolute(boolean tls, String rest) {
        int start = 0;
        while (start < rest.length() && rest.charAt(start) == '/') {
            start++;
        }
        int end = Target.endOfAuthority(rest, start);
        String authority = rest.substring(start, end);
        return Target.of(tls, authority.substring(authority.lastIndexOf('@') + 1), rest.substring(end));
    }

    /** Parses with the base's scheme, which may be given: {@code http:x} is relative if the base is http. */
    private static Target relative(Target base, String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return base;
        }
        if (text.startsWith("//")) {
            return absolute(base.tls(), text);
        }
        String path = base.path();
        String full = text.startsWith("/")
                ? text
                : text.startsWith("?") ? path + text : path.substring(0, path.lastIndexOf('/') + 1) + text;
        return new Target(base.tls(), base.host(), base.port(), RequestUri.of(full));
    }
}
