package io.openuptimes.model;

import java.util.Locale;

/**
 * A {@code Location} header, read as browsers do (the URL standard of the WHATWG), so that a redirect that works for
 * visitors works for a check: spaces around it and tabs in it do not count, a backslash is a slash, and any number of
 * slashes may stand before the host. A user name and password are dropped: no answer can make a check sign in elsewhere.
 */
final class Location {

    private Location() {}

    /**
     * @throws IllegalArgumentException if it is no http or https URL
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
        String text = location.trim(); // control characters too
        boolean clean = text.indexOf('\t') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return clean ? text : text.replaceAll("[\t\n\r]", "");
    }

    /** The query and the fragment keep their backslashes. */
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

    /** Of its colon, or -1 where it has no scheme. */
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

    /** What follows the scheme, if that is another one than the base's. */
    private static Target absolute(boolean tls, String rest) {
        int start = 0;
        while (start < rest.length() && rest.charAt(start) == '/') {
            start++;
        }
        int end = Target.endOfAuthority(rest, start);
        String authority = rest.substring(start, end);
        return Target.of(tls, authority.substring(authority.lastIndexOf('@') + 1), rest.substring(end));
    }

    /** With the base's scheme, which may have been named: {@code http:x} is relative where the base is http. */
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
