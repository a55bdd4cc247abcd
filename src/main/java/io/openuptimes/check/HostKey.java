package io.openuptimes.check;

import io.openuptimes.model.Target;
import io.openuptimes.runtime.StableHash;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A 64-bit hash of a check's host and port; smaller than the text, and computed once per service. Two hosts that
 * collide share their permits, which is harmless.
 */
final class HostKey {

    /** Any URL (RFC 3986, section 3), with or without slashes before its host, such as {@code dns:example.com}. */
    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:(?://)?(?:[^/?#]*@)?([^/?#]+).*", Pattern.DOTALL);

    private HostKey() {}

    /**
     * URLs with the same host and port have the same key, whatever their check type. A URL without a port has the
     * default port of {@code http} or {@code https}, or no port if it has another scheme.
     */
    static long of(String url) {
        return StableHash.of(hostAndPort(url));
    }

    private static String hostAndPort(String url) {
        try {
            Target target = Target.of(url);
            return target.host() + ":" + target.port();
        } catch (IllegalArgumentException e) {
            Matcher parts = URL.matcher(url); // another scheme, or invalid, which the check reports
            return parts.matches()
                    ? parts.group(1).toLowerCase(Locale.ROOT).replace("[", "").replace("]", "")
                    : url;
        }
    }
}
