package io.openuptimes.check.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Objects;

/**
 * This machine has no way at all to addresses like the one that was tried. It takes the place of what the system said:
 * where IPv6 is off, that reads the same as if all local ports were taken. Carries neither cause nor stack trace.
 */
public final class NoNetworkException extends NoRouteToHostException {

    private static final long serialVersionUID = 1;

    public NoNetworkException() {
        super("no network");
    }

    /**
     * Whether a failed connection means that: there is no route, or, for IPv6, no address of this machine to send from.
     *
     * @param v6Works whether IPv6 has connected lately, so that the machine has such an address and lacks a port
     */
    public static boolean isMeantBy(InetAddress to, Throwable failure, boolean v6Works) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "").toLowerCase(Locale.ROOT);
        return failure instanceof NoNetworkException
                || message.contains("network is unreachable")
                || message.contains("address family not supported")
                || (to instanceof Inet6Address
                        && !v6Works
                        && (message.contains("assign requested address") || message.contains("address not available")));
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
