package io.openuptimes.browser;

import java.time.Duration;

/** The ends of hours and days, in UTC: what is counted by these looks different after one, without anything done. */
final class Turns {

    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);

    private Turns() {}

    /**
     * Waits until the next one has passed, where it is near.
     *
     * @param length of what ends then
     * @param room what a test needs, on a busy machine
     */
    static void awayFromTheNext(Duration length, Duration room) throws InterruptedException {
        long left = length.toMillis() - System.currentTimeMillis() % length.toMillis();
        if (left < room.toMillis()) {
            Thread.sleep(left + 100);
        }
    }
}
