package io.openuptimes.check.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a host that have not been dialled yet. The address families alternate (RFC 8305, section 4), so that
 * a broken family delays only every other dial; within a family, addresses keep their order. Addresses may be added
 * while dialling.
 */
final class AddressQueue {

    /** Further addresses are ignored. */
    static final int MAX = 64;

    private @Nullable Deque<InetAddress> v6;
    private @Nullable Deque<InetAddress> v4;
    private boolean v6Next;
    private int added;

    /**
     * @param v6First which family comes first if there are both
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

    /** Null if the queue is empty. */
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
