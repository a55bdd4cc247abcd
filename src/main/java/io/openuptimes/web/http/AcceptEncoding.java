package io.openuptimes.web.http;

import org.jspecify.annotations.Nullable;

/**
 * Checks {@code Accept-Encoding} for gzip (RFC 9110, section 12.5.3). Every poll sends the header, so it is parsed in
 * place.
 */
public final class AcceptEncoding {

    private static final int NOT_NAMED = -1;

    private AcceptEncoding() {}

    /** Whether gzip or {@code x-gzip}, or failing those {@code *}, is accepted with a non-zero weight. Ignores case. */
    public static boolean takesGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        int gzip = NOT_NAMED;
        int any = NOT_NAMED;
        int at = 0;
        while (at <= header.length()) {
            int comma = header.indexOf(',', at);
            int end = comma < 0 ? header.length() : comma;
            int semicolon = header.indexOf(';', at);
            int nameEnd = semicolon < 0 || semicolon > end ? end : semicolon;
            if (is(header, at, nameEnd, "gzip") || is(header, at, nameEnd, "x-gzip")) {
                gzip = Math.max(gzip, taken(header, nameEnd, end));
            } else if (is(header, at, nameEnd, "*")) {
                any = taken(header, nameEnd, end);
            }
            at = end + 1;
        }
        return gzip == NOT_NAMED ? any > 0 : gzip > 0;
    }

    /** Whether the range, trimmed of blanks, equals the word. */
    private static boolean is(String header, int start, int end, String word) {
        int from = start;
        int to = end;
        while (from < to && isBlank(header.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(header.charAt(to - 1))) {
            to--;
        }
        return to - from == word.length() && header.regionMatches(true, from, word, 0, word.length());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** 0 if the parameters set a weight of zero, else 1. */
    private static int taken(String header, int from, int to) {
        if (from == to) {
            return 1;
        }
        String parameters = header.substring(from + 1, to).strip();
        return parameters.matches("[qQ]\\s*=\\s*0(\\.0*)?") ? 0 : 1;
    }
}
