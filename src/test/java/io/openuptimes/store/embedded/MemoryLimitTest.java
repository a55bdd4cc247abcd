package io.openuptimes.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitTest {

    @ParameterizedTest(name = "{0} MiB, of which the heap may take {1}: {2}")
    @CsvSource({
        "256, 154, 64", // never less
        "512, 128, 192",
        "1024, 614, 211",
        "2048, 512, 1024", // never more than half
        "24576, 6144, 12288",
        "65536, 49152, 9216"
    })
    void the_process_has_room_beside_it(long machine, long heap, long limit) {
        assertThat(MemoryLimit.of(machine << 20, heap << 20) >> 20).isEqualTo(limit);
    }
}
