package io.openuptimes.runtime;

/**
 * Estimates the Java heap needed for a number of services. Measured with short ones: the heap holds 97 MiB after
 * loading 100,000 services and 114 MiB a minute later, 11 MiB without any; long headers or bodies need more. The rest
 * is for young objects and for complete answers.
 */
public final class HeapNeed {

    private static final long MIB = 1 << 20;
    private static final long BASE = 64 * MIB;
    private static final long OF_A_SERVICE = 1536;
    /** The minimum. */
    private static final long LEAST_BASE = 16 * MIB;

    private static final long LEAST_OF_A_SERVICE = 1024;

    private HeapNeed() {}

    /** Maximum heap size of this process, bytes. */
    public static long limit() {
        return Runtime.getRuntime().maxMemory();
    }

    /** Bytes recommended for this many services. */
    public static long of(long services) {
        return BASE + services * OF_A_SERVICE;
    }

    /** Whether the heap is so small that the process would only collect garbage until it ends. */
    public static boolean isHopeless(long services, long limit) {
        return LEAST_BASE + services * LEAST_OF_A_SERVICE > limit / 10 * 8;
    }

    /** Number of services recommended for a heap of this size. */
    public static long fit(long limit) {
        return Math.max(1_000, (limit - BASE) / OF_A_SERVICE);
    }

    /** Text for people. */
    public static String says(long services, long limit) {
        return "%d services need a heap of about %d MiB, but this process is limited to %d MiB (-Xmx)"
                .formatted(services, of(services) / MIB, limit / MIB);
    }
}
