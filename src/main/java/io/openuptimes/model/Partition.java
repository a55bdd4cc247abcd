package io.openuptimes.model;

import io.openuptimes.runtime.StableHash;

/** Partitions of the services, by which data is stored and checks are distributed among nodes. */
public final class Partition {

    /** Must never change, because stored data is located by it. */
    public static final int COUNT = 256;

    /**
     * Number of leases that a node can hold: one per partition for services without locations, followed by one per
     * partition for services checked from the node's location. A slot is the index of a lease.
     */
    public static final int SLOTS = 2 * COUNT;

    private Partition() {}

    /** The slot of a partition at the node's own location. */
    public static int there(int partition) {
        return COUNT + partition;
    }

    /** Whether a slot contains services checked from the node's location. */
    public static boolean isThere(int slot) {
        return slot >= COUNT;
    }

    /** The partition of a slot. */
    public static int ofSlot(int slot) {
        return slot % COUNT;
    }

    /** The partition of a service, 0 to {@value #COUNT} - 1; it never changes. */
    public static int of(String serviceId) {
        return StableHash.mod(serviceId, COUNT);
    }
}
