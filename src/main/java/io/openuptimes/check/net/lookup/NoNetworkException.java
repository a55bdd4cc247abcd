package io.openuptimes.check.net.lookup;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.Objects;

/**
 * This machine has no route to the address. Replaces the system's error, which without IPv6 reads the same as port
 * exhaustion. Has neither cause nor stack trace.
 */
public final class NoNetworkException extends NoRouteToHostException {

    private static final long serialVersionUID = 1;

    public NoNetworkException() {
        super("no network");
    }

    /**
     * Returns whether a failed connection has this cause: there is no route or, for IPv6, no local source address.
     *
     * @param v6Works whether IPv6 has connected recently, so that the machine has a source address and is short of
     *     ports
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
