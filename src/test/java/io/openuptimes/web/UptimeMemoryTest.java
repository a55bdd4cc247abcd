package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
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
    void theOldestGivesWay() {
        for (int i = 0; i < UptimeMemory.CAPACITY; i++) {
            memory.keep("service " + i, Buffer.buffer());
        }
        memory.keep("service 0", Buffer.buffer("new"));
        memory.keep("one more", Buffer.buffer());

        assertThat(memory.find("service 0")).hasToString("new");
        assertThat(memory.find("service 1")).isNull();
        assertThat(memory.find("service 2")).isNotNull();
    }
}
