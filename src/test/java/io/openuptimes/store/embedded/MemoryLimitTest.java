package io.openuptimes.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitTest {

    @ParameterizedTest(name = "{0} MiB, of which the heap may take {1}: {2}")
    @CsvSource({
        "256, 154, 64", // the minimum
        "512, 128, 192",
        "1024, 614, 211",
        "2048, 512, 1024", // at most half
        "24576, 6144, 12288",
        "65536, 49152, 9216"
    })
    void the_process_has_room_beside_it(long machine, long heap, long limit) {
        assertThat(MemoryLimit.of(machine << 20, heap << 20) >> 20).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | stores any amount in /data",
                "1000 | stores up to 1,000 bytes in /data",
                "1048576 | stores up to 1 MiB in /data",
                "5368709120 | stores up to 5,120 MiB in /data"
            })
    void the_log_line_says_how_much_may_be_stored(long bytes, String line) {
        assertThat("stores " + MemoryLimit.text(bytes) + " in /data").isEqualTo(line);
    }
}
