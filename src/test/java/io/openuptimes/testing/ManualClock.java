package io.openuptimes.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock set by the test. */
public final class ManualClock extends Clock {

    private final AtomicLong now;

    public ManualClock(long epochMillis) {
        now = new AtomicLong(epochMillis);
    }

    public void set(long epochMillis) {
        now.set(epochMillis);
    }

    public void advance(long millis) {
        now.addAndGet(millis);
    }

    @Override
    public long millis() {
        return now.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
