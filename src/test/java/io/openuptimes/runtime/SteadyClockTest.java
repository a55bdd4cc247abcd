package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final ManualClock wall = new ManualClock(NOW);
    private final List<Long> steps = new ArrayList<>();
    private long nanos = -123;
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos, steps::add);

    /** Advances time, reading the clock every second as check loops do; it never goes back. */
    private void pass(long millis) {
        for (long left = millis; left > 0; left -= 1_000) {
            long before = clock.millis();
            long now = Math.min(left, 1_000);
            nanos += TimeUnit.MILLISECONDS.toNanos(now);
            wall.advance(now);
            assertThat(clock.millis()).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void isTheMachinesClockAsLongAsNobodySetsThat() {
        pass(12_345);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        wall.advance(7); // an NTP correction
        assertThat(clock.millis()).isEqualTo(wall.millis());
        wall.advance(-7);
        assertThat(clock.millis()).isEqualTo(wall.millis() + 7);
        pass(1_000);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(steps).isEmpty();
    }

    @Test
    void followsAnHourForwardByATenth() {
        wall.advance(HOUR);
        assertThat(clock.millis()).isEqualTo(NOW);
        assertThat(clock.offset()).isEqualTo(HOUR);
        pass(HOUR);
        assertThat(clock.millis()).isEqualTo(NOW + HOUR + HOUR / 10);
        pass(9 * HOUR);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        pass(HOUR);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(clock.offset()).isZero();
        assertThat(steps).containsExactly(HOUR);
    }

    @Test
    void goesOnWhenTheMachinesClockIsSetBack() {
        wall.advance(-HOUR);
        assertThat(clock.millis()).isEqualTo(NOW);
        pass(HOUR);
        assertThat(clock.millis()).isEqualTo(NOW + HOUR - HOUR / 10);
        assertThat(clock.offset()).isEqualTo(-HOUR + HOUR / 10);
        pass(9 * HOUR);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(steps).containsExactly(-HOUR);
    }

    @Test
    void aWrongHourThatIsPutRightLeavesHardlyATrace() {
        wall.advance(HOUR);
        pass(60_000);
        wall.advance(-HOUR);
        assertThat(clock.millis()).isEqualTo(NOW + 66_000);
        pass(60_000);
        assertThat(clock.millis()).isEqualTo(wall.millis()).isEqualTo(NOW + 120_000);
        assertThat(steps).containsExactly(HOUR, -HOUR);
    }

    @Test
    void leapsWhereTheMachineHasSleptForLong() {
        wall.advance(SteadyClock.FOLLOWED + 1);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(clock.offset()).isZero();
        assertThat(steps).containsExactly(SteadyClock.FOLLOWED + 1);
    }

    @Test
    void goesOnFromWhatIsWrittenAlready() {
        assertThat(clock.notBefore(NOW - 5)).isZero();
        assertThat(clock.millis()).isEqualTo(NOW);
        assertThat(clock.notBefore(NOW + HOUR)).isEqualTo(HOUR);
        assertThat(clock.millis()).isEqualTo(NOW + HOUR);
        pass(10 * HOUR);
        assertThat(clock.millis()).isEqualTo(wall.millis());
        assertThat(clock.notBefore(wall.millis() + SteadyClock.AHEAD + 1)).isEqualTo(SteadyClock.AHEAD + 1);
        assertThat(clock.millis()).as("that is no time to begin at").isEqualTo(wall.millis());
        assertThat(steps).isEmpty();
    }

    @Test
    void aLookThatTakesLongIsNoStep() {
        long[] calls = {0};
        SteadyClock slow = new SteadyClock(
                wall,
                () -> {
                    if (calls[0]++ == 2) { // the process stalled after reading the wall clock
                        nanos += TimeUnit.SECONDS.toNanos(6);
                        wall.advance(6_000);
                    }
                    return nanos;
                },
                steps::add);
        assertThat(slow.millis()).isEqualTo(NOW + 6_000);
        assertThat(steps).isEmpty();
    }
}
