package io.openuptimes.web.http;

import org.jspecify.annotations.Nullable;

/** Reads the one thing of {@code Accept-Encoding} that matters here (RFC 9110, section 12.5.3). */
public final class AcceptEncoding {

    private AcceptEncoding() {}

    /** Whether gzip is named, and not with a weight of zero. */
    public static boolean takesGzip(@Nullable String header) {
        if (header == null || !header.contains("gzip")) {
            return false;
        }
        for (String coding : header.split(",", -1)) {
            String[] parts = coding.split(";", -1);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
            }
        }
        return false;
    }
}
