package io.openuptimes.check.net;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Chooses which address family is dialled first: IPv6, unless this machine has no IPv6 route, as RFC 6724 orders
 * addresses. That is learned from dialling and tried again after a minute.
 */
final class FamilyOrder {

    private static final long REMEMBERED_NS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private boolean v6Failed;
    private long failedAt;
    private boolean v6Connected;
    private long connectedAt;

    /**
     * @param nanos as {@link System#nanoTime}
     */
    FamilyOrder(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean v6First() {
        if (v6Failed && nanos.getAsLong() - failedAt >= REMEMBERED_NS) {
            v6Failed = false;
        }
        return !v6Failed;
    }

    /** A connection was opened. */
    void connected(InetAddress to) {
        if (AddressQueue.isV6(to)) {
            v6Failed = false;
            v6Connected = true;
            connectedAt = nanos.getAsLong();
        }
    }

    /** Whether IPv6 has connected within the last minute. */
    boolean v6Works() {
        return v6Connected && nanos.getAsLong() - connectedAt < REMEMBERED_NS;
    }

    /** Dialling failed because there is no route. */
    void noNetwork(InetAddress to) {
        if (AddressQueue.isV6(to)) {
            v6Failed = true;
            failedAt = nanos.getAsLong();
        }
    }
}
