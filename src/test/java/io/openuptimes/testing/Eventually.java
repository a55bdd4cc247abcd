package io.openuptimes.testing;

import java.time.Duration;

/** Waits for what will become true, as short as possible and long enough for a busy machine. */
public final class Eventually {

    /** An assertion; it may throw anything until it holds. */
    public interface Assertion {
        void check() throws Exception;
    }

    private Eventually() {}

    public static void eventually(Assertion assertion) throws Exception {
        eventually(Duration.ofMinutes(1), assertion);
    }

    /** Tries again until it holds; after {@code patience} its last failure is thrown. */
    public static void eventually(Duration patience, Assertion assertion) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(10);
            }
        }
    }
}
