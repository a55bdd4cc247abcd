package io.openuptimes.check.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The length of suspensions, and the results that they make inconclusive. A missing failure stands for an answer. */
class StandstillTest {

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void countsOnlyLongStandstillsSinceItIsWatched() {
        Standstill standstill = new Standstill();
        assertThat(standstill.total(ms(-9_999))).isZero();
        standstill.begins(ms(50));
        standstill.seen(ms(60));
        standstill.seen(ms(309));
        assertThat(standstill.total(ms(320))).isZero();
        assertThat(standstill.total(ms(809))).as("that is not over").isEqualTo(ms(500));
        standstill.seen(ms(809));
        standstill.seen(ms(819));
        assertThat(standstill.total(ms(820))).isEqualTo(ms(500));
        standstill.ends();
        assertThat(standstill.total(ms(99_000))).isEqualTo(ms(500));
        standstill.begins(ms(100_000));
        assertThat(standstill.total(ms(100_001))).isEqualTo(ms(500));
        standstill.seen(ms(100_300));
        assertThat(standstill.total(ms(100_301))).isEqualTo(ms(800));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 499, 600, 120000, false, false",
        "'', 500, 600, 120000, false, true",
        "'', 799, 8000, 120000, false, false",
        "'', 800, 8000, 120000, false, true",
        "'', 999, 1500, 120000, true, false",
        "'', 1000, 1500, 120000, true, true",
        "TIMEOUT, 249, 1000, 1000, false, false",
        "TIMEOUT, 250, 1000, 1000, false, true",
        "TIMEOUT, 250, 1000, 1000, true, true",
        "TIMEOUT, 499, 5000, 5000, false, false",
        "CONNECT, 500, 600, 5000, false, true",
        "DNS, 999, 3000, 120000, false, false",
        "PROTOCOL, 1000, 3000, 120000, false, true",
        "RESOURCE, 6000, 6000, 1000, false, false",
        "DENIED, 6000, 6000, 1000, false, false"
    })
    void canMakeAResultInconclusive(String failure, long stood, long took, int timeout, boolean again, boolean spoilt) {
        Outcome outcome = Outcome.known().stream()
                .filter(known -> known.word().equalsIgnoreCase(failure))
                .findFirst()
                .orElse(null);
        assertThat(Standstill.spoils(outcome, ms(stood), ms(took), timeout, again))
                .isEqualTo(spoilt);
    }
}
