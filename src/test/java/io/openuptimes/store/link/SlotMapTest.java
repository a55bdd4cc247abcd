package io.openuptimes.store.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.Test;

class SlotMapTest {

    private static final String EVENTS = "ou:events";

    @Test
    void the_slot_of_a_key_is_that_of_its_tag() {
        assertThat(SlotMap.ofKey("123456789")).isEqualTo(0x31C3); // from the cluster specification
        assertThat(SlotMap.ofKey("{ou:7}:status")).isEqualTo(SlotMap.ofKey("ou:7"));
    }

    @Test
    void a_command_goes_where_its_first_key_is() {
        int events = SlotMap.ofKey(EVENTS);

        assertThat(SlotMap.of(Request.cmd(Command.GET).arg(EVENTS))).isEqualTo(events);
        assertThat(SlotMap.of(Request.cmd(Command.EVALSHA).arg("sha").arg(1).arg(EVENTS)))
                .isEqualTo(events);
        assertThat(SlotMap.of(Request.cmd(Command.XREAD)
                        .arg("BLOCK")
                        .arg(1)
                        .arg("STREAMS")
                        .arg(EVENTS)
                        .arg("0-0")))
                .isEqualTo(events);
        assertThat(SlotMap.of(Request.cmd(Command.PING))).isNegative();
    }
}
