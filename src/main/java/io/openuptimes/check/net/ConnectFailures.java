package io.openuptimes.check.net;

import io.openuptimes.check.net.lookup.NoNetworkException;
import java.util.Locale;
import java.util.Objects;

/**
 * Ranks the failures of several connections to one host; the highest is reported. A refusal by the server ranks above
 * an unreachable network, because it is closer to the service. A shortage on this machine ranks highest, because the
 * address concerned might have worked.
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
