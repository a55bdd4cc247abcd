package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UptimeMemoryTest {

    private long now = 1_000;
    private final UptimeMemory memory = new UptimeMemory(() -> now);

    @Test
    void aReportIsRememberedForAMoment() {
        assertThat(memory.find("a")).isNull();

        memory.keep("a", Buffer.buffer("1"));
        now += UptimeMemory.TTL - 1;
        assertThat(memory.find("a")).hasToString("1");
        now++;
        assertThat(memory.find("a")).isNull();

        memory.keep("a", Buffer.buffer("2"));
        assertThat(memory.find("a")).hasToString("2");
    }

    @Test
    void onlySoManyReportsAreRemembered() {
        for (int i = 0; i < 2 * UptimeMemory.CAPACITY; i++) {
            memory.keep("service " + i, Buffer.buffer());
        }

        assertThat(IntStream.range(0, 2 * UptimeMemory.CAPACITY).filter(i -> memory.find("service " + i) != null))
                .hasSize(UptimeMemory.CAPACITY);
    }
}
