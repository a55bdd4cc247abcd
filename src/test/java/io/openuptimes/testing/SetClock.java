package io.openuptimes.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A running clock that a test can move forward and back, like someone setting the machine's clock. */
public final class SetClock extends Clock {

    private final AtomicLong ahead = new AtomicLong();

    public SetClock(long aheadMillis) {
        ahead.set(aheadMillis);
    }

    public void step(long millis) {
        ahead.addAndGet(millis);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plusMillis(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
