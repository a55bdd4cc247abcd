package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ManualClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {

    private static final long NOW = 1_700_000_000_000L;

    private final ManualClock wall = new ManualClock(NOW);
    private long nanos = -123;
    private final SteadyTime time = new SteadyTime(wall, () -> nanos);

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aWallClockThatIsSetForwardOrBackChangesNothing() {
        pass(500);
        wall.advance(3_600_000);
        assertThat(time.now()).isEqualTo(NOW + 500);
        assertThat(time.standstill()).isZero();
        wall.advance(-7_200_000);
        pass(500);
        assertThat(time.now()).isEqualTo(NOW + 1_000);
        assertThat(time.standstill()).isZero();
    }

    @Test
    void aStandstillIsLeftOut() {
        pass(1_000);
        assertThat(time.standstill()).isZero();
        pass(3_600_000);
        assertThat(time.standstill()).isEqualTo(3_600_000);
        assertThat(time.now()).isEqualTo(NOW + 1_000);
        pass(SteadyTime.STANDSTILL_MS - 1);
        assertThat(time.standstill()).as("a pause that only slows").isZero();
        assertThat(time.now()).isEqualTo(NOW + 1_000 + SteadyTime.STANDSTILL_MS - 1);
    }

    @Test
    void evenACounterThatGoesBackMakesNoTimePassBackwards() {
        pass(1_000);
        assertThat(time.standstill()).isZero();
        pass(-5_000_000);
        assertThat(time.standstill()).isZero();
        assertThat(time.now()).isEqualTo(NOW + 1_000);
    }
}
