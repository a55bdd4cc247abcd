package io.openuptimes.check.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a host that have not been dialled. They are taken with the two families in turn (RFC 8305, section 4),
 * within a family in the order in which they came, so that a dead family holds up only every other dial; more can be added
 * meanwhile.
 */
final class AddressQueue {

    /** More than that are not dialled. */
    static final int MAX = 64;

    private @Nullable Deque<InetAddress> v6;
    private @Nullable Deque<InetAddress> v4;
    private boolean v6Next;
    private int added;

    /**
     * @param v6First the family that is taken first if there are both
     */
    AddressQueue(boolean v6First) {
        this.v6Next = v6First;
    }

    void add(InetAddress address) {
        if (added++ >= MAX) {
            return;
        }
        if (isV6(address)) {
            v6 = v6 == null ? new ArrayDeque<>(2) : v6;
            v6.add(address);
        } else {
            v4 = v4 == null ? new ArrayDeque<>(2) : v4;
            v4.add(address);
        }
    }

    boolean isEmpty() {
        return (v6 == null || v6.isEmpty()) && (v4 == null || v4.isEmpty());
    }

    /** Null if there is none. */
    @Nullable
    InetAddress poll() {
        InetAddress address = poll(v6Next ? v6 : v4);
        if (address == null) {
            address = poll(v6Next ? v4 : v6);
        }
        if (address != null) {
            v6Next = !isV6(address);
        }
        return address;
    }

    static boolean isV6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    private static @Nullable InetAddress poll(@Nullable Deque<InetAddress> family) {
        return family == null ? null : family.poll();
    }
}
