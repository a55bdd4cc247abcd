package io.openuptimes.check.net.tls;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Extracts the server's TLS alert, which the engines report only in exception messages. */
final class Alerts {

    private static final Pattern JDK = Pattern.compile("Received fatal alert: ([a-z_]+)");
    private static final Pattern BORING_SSL = Pattern.compile(":(?:SSLV3|TLSV1)_(?:ALERT_)?([A-Z0-9_]+)");

    private Alerts() {}

    /** Returns the alert's name from RFC 8446, such as {@code handshake_failure}; null if the server sent none. */
    static @Nullable String of(Throwable cause) {
        SSLException failure = Causes.find(cause, SSLException.class);
        if (failure == null) {
            return null;
        }
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        Matcher jdk = JDK.matcher(message);
        if (jdk.find()) {
            return jdk.group(1);
        }
        Matcher boringSsl = BORING_SSL.matcher(message);
        return boringSsl.find() ? boringSsl.group(1).toLowerCase(Locale.ROOT) : null;
    }
}
