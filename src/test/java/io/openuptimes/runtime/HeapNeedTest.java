package io.openuptimes.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapNeedTest {

    private static final long MIB = 1 << 20;

    /** As measured: 100,000 services can be loaded with 160 MiB, but not with 128. */
    @ParameterizedTest
    @CsvSource({"0, 64, false", "10000, 128, false", "100000, 128, true", "100000, 160, false", "1000000, 2048, false"})
    void doesNotTryWhatCannotBe(long services, long mib, boolean hopeless) {
        assertThat(HeapNeed.isHopeless(services, mib * MIB)).isEqualTo(hopeless);
    }

    @Test
    void whatFitsNeedsNoMoreThanThereIs() {
        assertThat(HeapNeed.fit(128 * MIB)).isEqualTo(43_690);
        assertThat(HeapNeed.of(43_690)).isLessThanOrEqualTo(128 * MIB);
        assertThat(HeapNeed.fit(16 * MIB))
                .as("whoever has next to nothing may try a few")
                .isEqualTo(1_000);
        assertThat(HeapNeed.says(100_000, 128 * MIB))
                .isEqualTo(
                        "100000 services need a heap of about 210 MiB, but this process is limited to 128 MiB (-Xmx)");
    }
}
