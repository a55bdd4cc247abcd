package io.openuptimes.testing;

import java.time.Duration;

/** Polls until an assertion holds, with a timeout suited to a busy machine. */
public final class Eventually {

    /** May throw anything until it holds. */
    public interface Assertion {
        void check() throws Exception;
    }

    private Eventually() {}

    public static void eventually(Assertion assertion) throws Exception {
        eventually(Duration.ofMinutes(1), assertion);
    }

    /** Retries until the assertion holds; after {@code patience}, throws its last failure. */
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
