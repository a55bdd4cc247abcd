package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static int startsAll(Pace pace, long now, double perSecond) {
        pace.at(now, perSecond);
        int starts = 0;
        while (pace.hasRoom()) {
            pace.take();
            starts++;
        }
        return starts;
    }

    @ParameterizedTest
    @CsvSource({"3333, 10", "3333, 1000", "500, 10", "100, 7"})
    void whatIsLateStartsInNoSecondMoreThanOneAndAHalfTimesAsOften(double perSecond, int step) {
        Pace pace = new Pace();
        for (long now = 0; now < 5_000; now += step) {
            startsAll(pace, now, perSecond);
        }
        int inASecond = 0;
        for (long now = 5_000; now < 6_000; now += step) {
            inASecond += startsAll(pace, now, perSecond);
        }

        assertThat(inASecond).isLessThanOrEqualTo((int) (1.5 * perSecond) + 1);
        if (step < 100) { // one who comes by rarely does not get it all at once
            assertThat(inASecond).isGreaterThanOrEqualTo((int) (1.35 * perSecond));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 10})
    void aFewStartAtOnce(double perSecond) {
        Pace pace = new Pace();

        assertThat(startsAll(pace, 1_000, perSecond)).isEqualTo(32);
        assertThat(startsAll(pace, 1_001, perSecond)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, 0})
    void timeThatDoesNotGoOnGivesNothing(long step) {
        Pace pace = new Pace();
        startsAll(pace, 5_000_000, 1_000);

        assertThat(startsAll(pace, 5_000_000 + step, 1_000)).isZero();
    }
}
