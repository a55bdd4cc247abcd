package io.openuptimes.model;

import io.openuptimes.runtime.StableHash;

/** Partitions of the services, by which data is stored and checks are distributed among nodes. */
public final class Partition {

    /** Must never change, because stored data is located by it. */
    public static final int COUNT = 256;

    /**
     * Number of leases that a node can hold: one per partition for services without locations, followed by one per
     * partition for services checked from the node's location. A lease is identified by its index.
     */
    public static final int LEASES = 2 * COUNT;

    private Partition() {}

    /** The lease of a partition at the node's own location. */
    public static int leaseAtLocation(int partition) {
        return COUNT + partition;
    }

    /** Whether a lease is for services checked from the node's location. */
    public static boolean isAtLocation(int lease) {
        return lease >= COUNT;
    }

    /** The partition of a lease. */
    public static int ofLease(int lease) {
        return lease % COUNT;
    }

    /** The partition of a service, 0 to {@value #COUNT} - 1; it never changes. */
    public static int of(String serviceId) {
        return StableHash.mod(serviceId, COUNT);
    }
}
