package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.down;
import static io.openuptimes.web.Samples.service;
import static io.openuptimes.web.Samples.up;
import static io.openuptimes.web.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Overall;
import io.openuptimes.testing.ManualClock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A result older than two intervals plus the timeout is stale. */
class StaleTest {

    private static final long NOW = 1_700_000_000_000L;
    /** Two intervals of a minute plus ten seconds. */
    private static final long LIMIT = 130_000;

    private final ManualClock clock = new ManualClock(NOW);
    private final StatusBoard board = new StatusBoard(60, clock);

    private void sweep() {
        board.sweep(Long.MAX_VALUE);
    }

    private void assertStale(boolean stale) {
        sweep();
        board.versions().showAtOnce(); // rendering again may not be due yet
        assertThat(board.answers().status(true).body().toString().contains("\"stale\":true"))
                .isEqualTo(stale);
        assertThat(board.counts(true).stale()).isEqualTo(stale ? 1 : 0);
        assertThat(board.counts(true).of(Shown.UNKNOWN)).isEqualTo(stale ? 1 : 0);
        assertThat(board.groups().get("").of(false).stale()).isEqualTo(stale ? 1 : 0);
    }

    @Test
    void aServiceOfWhichNothingIsHeardGetsStaleAndComesBack() {
        board.load(List.of(service("a", "a")), List.of(down("a", NOW)));
        clock.advance(LIMIT);
        long version = board.versions().current();
        assertStale(false);
        assertThat(board.versions().current()).isEqualTo(version);
        assertThat(board.counts(false).overall()).isEqualTo(Overall.DOWN);

        clock.advance(1);

        assertStale(true);
        assertThat(board.versions().current()).isGreaterThan(version);
        assertThat(board.counts(false).overall()).isEqualTo(Overall.UNKNOWN);
        assertThat(board.answers().status(false).body().toString())
                .startsWith("{\"overall\":\"unknown\"")
                .contains("\"status\":\"down\",\"stale\":true,\"reason\":\"stale\",\"lastChecked\":" + NOW);

        board.results().update(List.of(up("a", clock.millis())));
        assertStale(false);
        assertThat(board.counts(false).overall()).isEqualTo(Overall.UP);

        clock.advance(LIMIT + 1);
        assertStale(true);
    }

    @Test
    void whatIsLoadedMayBeStaleAlready() {
        board.load(List.of(service("a", "a")), List.of(up("a", NOW - LIMIT - 1)));

        assertStale(true);
    }

    @Test
    void itsOwnIntervalAndTimeoutCount() {
        board.load(
                List.of(with(service("a", "a"), Map.of("interval", 5, "timeout", 2_000)), service("b", "b")),
                List.of(up("a", NOW), up("b", NOW)));
        clock.advance(12_001);
        assertStale(true);

        board.services().save(with(service("a", "a"), Map.of("interval", 600, "timeout", 2_000)));

        assertStale(false);
    }

    @Test
    void whatIsPausedOrWasNeverCheckedIsNotStale() {
        board.load(List.of(with(service("a", "a"), Map.of("paused", true)), service("b", "b")), List.of(up("a", NOW)));
        clock.advance(LIMIT + 1);
        sweep();
        assertThat(board.counts(true).stale()).isZero();

        board.services().save(service("a", "a"));

        assertThat(board.counts(true).stale()).isOne();
    }

    /** A slice covers only a few segments; the next one resumes after them. */
    @Test
    void aSweepGoesOnWhereItWasLeft() {
        int many = 5_000;
        board.load(
                IntStream.range(0, many)
                        .mapToObj(i -> service("id" + i, "name " + i))
                        .toList(),
                IntStream.range(0, many).mapToObj(i -> up("id" + i, NOW)).toList());
        clock.advance(LIMIT + 1);
        int slices = 0;
        int before = -1;
        while (board.counts(true).stale() < many) {
            board.sweep(System.nanoTime()); // out of time immediately
            assertThat(board.counts(true).stale()).isGreaterThan(before);
            before = board.counts(true).stale();
            slices++;
        }

        assertThat(slices).isGreaterThanOrEqualTo(many / Segment.MAX);
    }
}
