package io.openuptimes.check.http;

import io.openuptimes.check.net.NoNetworkException;
import java.util.Locale;
import java.util.Objects;

/**
 * Which of several failed connections to one host is reported: that of the highest rank. Where a server refused, that is
 * reported, as it is nearer to the service than a network that led nowhere. What this machine lacked beats it: that
 * address might have been the one that works.
 */
final class ConnectFailures {

    private static final int NO_NETWORK = 0;
    private static final int OTHER = 1;
    private static final int REFUSED = 2;
    private static final int OWN_LACK = 3;

    private ConnectFailures() {}

    static int rank(Throwable failure) {
        if (failure instanceof NoNetworkException) {
            return NO_NETWORK;
        }
        if (Shortage.of(failure) != null) {
            return OWN_LACK;
        }
        return message(failure).contains("refused") ? REFUSED : OTHER;
    }

    private static String message(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "").toLowerCase(Locale.ROOT);
    }
}
