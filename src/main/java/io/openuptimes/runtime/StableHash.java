package io.openuptimes.runtime;

/** A hash of an id that must never change, because partitions and phases depend on it. */
public final class StableHash {

    private StableHash() {}

    /** FNV-1a over the characters, then the finalizer of MurmurHash3 to spread all bits evenly. */
    public static long of(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** The hash reduced to 0 to {@code bound} - 1. */
    public static int mod(String id, int bound) {
        return (int) Math.floorMod(of(id), (long) bound);
    }
}
