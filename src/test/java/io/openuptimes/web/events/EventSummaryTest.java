package io.openuptimes.web.events;

import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.Samples;
import io.openuptimes.web.board.StatusBoard;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSummaryTest {

    private final StatusBoard board = new StatusBoard();
    private long now = 1_000_000;
    private final EventSummary everybody = new EventSummary(board, () -> board.counts(false), () -> now);

    @BeforeEach
    void load() {
        board.load(List.of(service("a", "a"), service("h", "h", false)), List.of(up("a", 5_000), down("h", 9_000)));
        board.progress().upTo(Samples.event(3));
        board.outlook().storeReachable(true);
    }

    @Test
    void itSaysWhatThatAudienceSees() {
        assertThat(everybody.current())
                .hasToString("event: summary\ndata: {\"overall\":\"up\",\"updated\":5000,\"storeReachable\":true,"
                        + "\"event\":\"3-0\",\"counts\":{\"total\":1,\"up\":1,\"down\":0,\"unknown\":0,\"paused\":0,\"stale\":0,\"blind\":0,\"warnings\":0,\"degraded\":0,\"flapping\":0,"
                        + "\"reasons\":{\"egress\":0,\"resolver\":0,\"parent\":0}}}\n\n");
        assertThat(new EventSummary(board, () -> board.counts(true), () -> now)
                        .current()
                        .toString())
                .contains("\"overall\":\"degraded\",\"updated\":9000");
    }

    @Test
    void itIsMadeAnewOnceASecondAtMost() {
        Buffer first = everybody.current();
        board.results().update(List.of(up("a", 6_000)));
        now += TimeUnit.SECONDS.toNanos(1) - 1;
        assertThat(everybody.current()).isSameAs(first);

        now += 1;

        assertThat(everybody.current().toString()).contains("\"updated\":6000");
    }

    @Test
    void itStaysTheSameWhereNothingThatItSaysHasChanged() {
        Buffer first = everybody.current();
        board.results().update(List.of(up("h", 10_000)));
        now += TimeUnit.MINUTES.toNanos(1);

        assertThat(everybody.current()).isSameAs(first);
    }

    @Test
    void aStoreThatGoesAwayIsSaid() {
        everybody.current();
        board.outlook().storeReachable(false);
        now += TimeUnit.SECONDS.toNanos(1);

        assertThat(everybody.current().toString()).contains("\"storeReachable\":false");
    }
}
