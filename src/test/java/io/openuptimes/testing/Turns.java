package io.openuptimes.testing;

import java.time.Duration;

/** Keeps a test clear of the end of an hour or a day in UTC, when whatever is counted by the hour or day starts afresh. */
public final class Turns {

    public static final Duration HOUR = Duration.ofHours(1);
    public static final Duration DAY = Duration.ofDays(1);

    private Turns() {}

    /**
     * If the next hour or day begins too soon, waits until it has begun.
     *
     * @param length {@link #HOUR} or {@link #DAY}
     * @param room how long the test may take on a busy machine
     */
    public static void awayFromTheNext(Duration length, Duration room) throws InterruptedException {
        long left = length.toMillis() - System.currentTimeMillis() % length.toMillis();
        if (left < room.toMillis()) {
            Thread.sleep(left + 100);
        }
    }
}
