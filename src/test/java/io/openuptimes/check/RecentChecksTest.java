package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecentChecksTest {

    private static final long START = 1_700_000_000_000L;

    private final ManualClock clock = new ManualClock(START);
    private final RecentChecks recent = new RecentChecks(START);

    private void started(int checks, long lag) {
        for (int i = 0; i < checks; i++) {
            recent.started(clock.millis(), lag);
        }
    }

    private double perSecond() {
        return recent.window(clock.millis()).perSecond();
    }

    @Test
    void withoutAnyCheckThereIsNoLag() {
        assertThat(perSecond()).isZero();
        assertThat(recent.window(clock.millis()).lag()).isNull();
    }

    @Test
    void theRateIsOverTheTimeSinceTheStartAtFirst() {
        started(5, 0);
        assertThat(perSecond()).as("at once, as if a second had passed").isEqualTo(5);
        clock.advance(10_000);
        started(15, 0);
        assertThat(perSecond()).isEqualTo(2);
    }

    @Test
    void theRateIsOverAMinuteLater() {
        for (int second = 0; second < 300; second++) {
            started(7, 0);
            clock.advance(1_000);
        }
        assertThat(perSecond()).isCloseTo(7, within(0.2));
    }

    @Test
    void whatIsOlderThanAMinuteDoesNotCount() {
        started(100, 500);
        clock.advance(30_000);
        started(60, 1);
        clock.advance(29_000);
        assertThat(recent.window(clock.millis()).lag()).isNotEqualTo(new Lag(1, 1, 1, 1));
        clock.advance(1_000);
        assertThat(recent.window(clock.millis()).lag()).isEqualTo(new Lag(1, 1, 1, 1));
        clock.advance(30_000);
        assertThat(recent.window(clock.millis()).lag()).isNull();
        assertThat(perSecond()).isZero();
    }

    @Test
    void percentilesAreTheLagThatSoManyChecksKeepTo() {
        for (int lag = 1; lag <= 20; lag++) {
            started(5, lag);
        }
        assertThat(recent.window(clock.millis()).lag()).isEqualTo(new Lag(10, 19, 20, 20));
    }

    @Test
    void oneCheckIsAllPercentiles() {
        started(1, 3);
        assertThat(recent.window(clock.millis()).lag()).isEqualTo(new Lag(3, 3, 3, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 100, 1_000, 4_095, 4_096, 60_000, 600_000, 1_048_575})
    void aLagIsKeptToASixteenth(long lag) {
        started(1, lag);
        Lag shown = recent.window(clock.millis()).lag();
        assertThat(shown).isNotNull();
        assertThat(shown.p50()).isBetween(lag, lag + lag / 16);
    }

    @ParameterizedTest
    @CsvSource({"-5, 0", "1048576, 1048576", "99999999999, 1048576"})
    void aLagThatCannotBeKeptIsTheNearestThatCan(long lag, long shown) {
        started(1, lag);
        assertThat(recent.window(clock.millis()).lag()).isEqualTo(new Lag(shown, shown, shown, shown));
    }

    @Test
    void aClockThatIsSetBackLeavesOutWhatItHasNotComeToYet() {
        started(50, 9);
        clock.advance(-20_000);
        assertThat(recent.window(clock.millis()).lag()).isNull();
        assertThat(perSecond()).isZero();
        started(2, 4);
        assertThat(recent.window(clock.millis()).lag()).isEqualTo(new Lag(4, 4, 4, 4));
        assertThat(perSecond()).isEqualTo(2);
    }
}
