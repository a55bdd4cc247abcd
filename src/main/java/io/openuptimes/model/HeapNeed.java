package io.openuptimes.model;

/**
 * What so many services take of the Java heap. Measured with short ones: of 100,000 there are 97 MiB after they are loaded
 * and 114 MiB a minute later, 11 MiB without any; those with long headers or bodies take more. The rest is for what is
 * young and for whole answers.
 */
public final class HeapNeed {

    private static final long MIB = 1 << 20;
    private static final long BASE = 64 * MIB;
    private static final long OF_A_SERVICE = 1536;
    /** Less than that cannot be. */
    private static final long LEAST_BASE = 16 * MIB;

    private static final long LEAST_OF_A_SERVICE = 1024;

    private HeapNeed() {}

    /** The heap that this process may have, bytes. */
    public static long limit() {
        return Runtime.getRuntime().maxMemory();
    }

    /** Bytes with which so many run well. */
    public static long of(long services) {
        return BASE + services * OF_A_SERVICE;
    }

    /** Whether there is no point in trying: the process would do nothing but collect garbage until it ends. */
    public static boolean isHopeless(long services, long limit) {
        return LEAST_BASE + services * LEAST_OF_A_SERVICE > limit / 10 * 8;
    }

    /** How many run well within so much. */
    public static long fit(long limit) {
        return Math.max(1_000, (limit - BASE) / OF_A_SERVICE);
    }

    /** For people to read. */
    public static String says(long services, long limit) {
        return "%d services need a heap of about %d MiB, but this process is limited to %d MiB (-Xmx)"
                .formatted(services, of(services) / MIB, limit / MIB);
    }
}
