package io.openuptimes.web.events;

import static io.openuptimes.web.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.web.access.Sight;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    private static final long NOW = 20_000;

    private final EventLog log = new EventLog(() -> NOW);
    private final EventChunks chunks = new EventChunks(log);

    @BeforeEach
    void start() {
        log.restart(event(10));
    }

    private void happens(long number, boolean visible) {
        log.append(EventItem.removed(new Event.Removed(event(number), "id", "name", visible, null)));
    }

    @Test
    void whoKnowsEverythingGoesOnAtTheEnd() {
        assertThat(log.after(event(10))).isEqualTo(log.end());
        happens(11, true);
        assertThat(log.after(event(11))).isEqualTo(log.end());
        assertThat(log.after(event(12))).isEqualTo(log.end()); // another instance is ahead
    }

    @Test
    void whoKnowsSomeGoesOnAfterIt() {
        long first = log.end();
        happens(11, true);
        happens(13, true);
        happens(14, true);

        assertThat(List.of(10L, 11L, 12L, 13L, 14L))
                .extracting(number -> log.after(event(number)) - first)
                .containsExactly(0L, 1L, 1L, 2L, 3L);
        assertThat(log.after(new EventId(11, 5)) - first).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanTheLogOrCannotBeYetIsUnknown() {
        assertThat(log.after(event(9))).isEqualTo(-1);
        assertThat(log.after(new EventId(9, 99))).isEqualTo(-1);
        assertThat(log.after(event(NOW + 60_000))).isEqualTo(log.end());
        assertThat(log.after(event(NOW + 60_001))).isEqualTo(-1);
        assertThat(new EventLog(() -> NOW).after(event(10))).isEqualTo(-1);
    }

    @Test
    void whatComesTwiceIsThereOnce() {
        happens(11, true);
        happens(12, true);
        long end = log.end();

        happens(12, true);
        happens(11, true);
        happens(10, true);

        assertThat(log.end()).isEqualTo(end);
        log.restart(event(20));
        happens(20, true);
        assertThat(log.first()).isEqualTo(log.end());
    }

    @Test
    void itHoldsTheNewestTenThousand() {
        for (int i = 1; i <= EventLog.CAPACITY + 5; i++) {
            happens(10 + i, true);
        }

        assertThat(log.end() - log.first()).isEqualTo(EventLog.CAPACITY);
        assertThat(log.get(log.first()).id()).isEqualTo(event(16));
        assertThat(log.after(event(14))).isEqualTo(-1);
        assertThat(log.after(event(15))).isEqualTo(log.first());
    }

    @Test
    void afterARestartEverybodyHasMissedSomething() {
        long place = log.end();
        log.restart(event(20));

        assertThat(place).isLessThan(log.first());
        assertThat(log.after(event(19))).isEqualTo(-1);
        assertThat(log.after(event(20))).isEqualTo(log.first());
    }

    @Test
    void eachHasItsIdAndNobodyIsToldOfWhatIsHidden() {
        long place = log.end();
        happens(11, true);
        happens(12, false);

        String removed = "event: removed\ndata: {\"id\":\"id\",\"name\":\"name\"}\n\n";
        assertThat(chunks.from(place, log.end(), Sight.EVERYTHING).bytes().toString())
                .isEqualTo("id: 11-0\n" + removed + "id: 12-0\n" + removed);
        assertThat(chunks.from(place, log.end(), Sight.PUBLIC).bytes().toString())
                .isEqualTo("id: 11-0\n" + removed);
        assertThat(chunks.from(place, log.end(), Sight.PUBLIC).to()).isEqualTo(log.end());
    }

    @Test
    void streamsAtTheSamePlaceShareTheirBytes() {
        long place = log.end();
        happens(11, true);
        EventChunks.Chunk chunk = chunks.from(place, log.end(), Sight.EVERYTHING);

        assertThat(chunks.from(place, log.end(), Sight.EVERYTHING)).isSameAs(chunk);
        happens(12, true);
        assertThat(chunks.from(place, log.end(), Sight.EVERYTHING).to()).isEqualTo(log.end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1-", "-1", "k3j5-17", "1-1-1", "1-x", "1-9999999999999999999", "1-1\n"})
    void anIdIsOfOneForm(String text) {
        assertThat(EventId.parse(text)).isNull();
        assertThat(EventId.parse(event(7).toString())).isEqualTo(event(7));
    }
}
