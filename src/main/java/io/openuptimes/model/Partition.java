package io.openuptimes.model;

/** The parts into which the services are divided: what is stored of them, and who checks them. */
public final class Partition {

    /** Never changed: stored data is found by it. */
    public static final int COUNT = 256;

    /**
     * What a node can hold: each partition of the services that are checked from anywhere and, behind these, each of
     * those that are checked from the node's own location.
     */
    public static final int SLOTS = 2 * COUNT;

    private Partition() {}

    /** The slot of a partition at the node's own location. */
    public static int there(int partition) {
        return COUNT + partition;
    }

    /** Whether a slot is of services that are checked from the node's own location. */
    public static boolean isThere(int slot) {
        return slot >= COUNT;
    }

    /** The partition that a slot is of. */
    public static int ofSlot(int slot) {
        return slot % COUNT;
    }

    /** The part that a service belongs to, 0 to {@value #COUNT} - 1; a service never changes it. */
    public static int of(String serviceId) {
        return StableHash.mod(serviceId, COUNT);
    }
}
