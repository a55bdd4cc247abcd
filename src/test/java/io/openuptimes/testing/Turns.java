package io.openuptimes.testing;

import java.time.Duration;

/** Keeps a test away from the end of a UTC hour or day, when hourly and daily counts start over. */
public final class Turns {

    public static final Duration HOUR = Duration.ofHours(1);
    public static final Duration DAY = Duration.ofDays(1);

    private Turns() {}

    /**
     * Waits for the next hour or day to begin if it is too close.
     *
     * @param length {@link #HOUR} or {@link #DAY}
     * @param room maximum duration of the test on a busy machine
     */
    public static void awayFromTheNext(Duration length, Duration room) throws InterruptedException {
        long left = length.toMillis() - System.currentTimeMillis() % length.toMillis();
        if (left < room.toMillis()) {
            Thread.sleep(left + 100);
        }
    }
}
