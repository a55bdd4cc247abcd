package io.openuptimes.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/** Path and query of a URL in the form used in a request line. */
final class RequestUri {

    private static final String KEPT = "-._~:/?@!$&'()*+,;=%[]";

    private RequestUri() {}

    /**
     * @param rest the URL after the authority: path, query and fragment, each optional
     */
    static String of(String rest) {
        int fragment = rest.indexOf('#');
        String sent = fragment < 0 ? rest : rest.substring(0, fragment);
        int query = sent.indexOf('?');
        String path = query < 0 ? sent : sent.substring(0, query);
        if (path.isEmpty()) {
            return encode("/" + sent);
        }
        String plain = mayHaveDots(path) ? withoutDots(path) : path;
        return encode(query < 0 ? plain : plain + sent.substring(query));
    }

    private static boolean mayHaveDots(String path) {
        return path.contains("/.") || path.contains("/%2");
    }

    /** Removes dot segments (RFC 3986, section 5.2.4). */
    private static String withoutDots(String path) {
        ArrayDeque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            int dots = dots(segments[i]);
            if (dots == 0) {
                kept.add(segments[i]);
                continue;
            }
            if (dots == 2) {
                kept.pollLast();
            }
            if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** 1 or 2 for a dot segment, including percent-encoded ones as in browsers; 0 for any other. */
    private static int dots(String segment) {
        int dots = 0;
        for (int i = 0; i < segment.length(); dots++) {
            if (segment.charAt(i) == '.') {
                i++;
            } else if (segment.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                return 0;
            }
        }
        return dots > 2 ? 0 : dots;
    }

    private static String encode(String pathAndQuery) {
        StringBuilder out = null;
        byte[] bytes = pathAndQuery.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xFF;
            boolean kept = c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
            if (!kept && out == null) {
                out = new StringBuilder(new String(bytes, 0, i, StandardCharsets.US_ASCII));
            }
            if (out != null) {
                if (kept) {
                    out.append((char) c);
                } else {
                    out.append('%').append(String.format(Locale.ROOT, "%02X", c));
                }
            }
        }
        return out == null ? pathAndQuery : out.toString();
    }
}
