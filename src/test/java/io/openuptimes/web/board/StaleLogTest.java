package io.openuptimes.web.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Positions and states of the log of stale services. */
class StaleLogTest {

    private final StaleLog log = new StaleLog();
    private final StaleLog other = new StaleLog();

    private static void turn(StaleLog log, String... ids) {
        for (String id : ids) {
            log.turned(id);
        }
    }

    private static List<String> since(StaleLog log, long place) {
        List<String> ids = new ArrayList<>();
        for (long next = place; next < log.end(); next++) {
            ids.add(log.get(next));
        }
        return ids;
    }

    @Test
    void aMarkOfItsOwnIsAPlace() {
        assertThat(log.mark()).isNull();
        assertThat(log.after(null)).isZero();
        turn(log, "a");
        StaleMark mark = log.mark();
        turn(log, "b", "b");

        assertThat(since(log, log.after(mark))).containsExactly("b", "b"); // although the same services are stale again
        assertThat(since(log, log.after(log.mark(0)))).containsExactly("a", "b", "b");
        assertThat(since(log, log.after(log.mark()))).isEmpty();
    }

    @Test
    void aMarkOfAnotherIsFoundByWhoIsStale() {
        turn(log, "a", "b", "c");
        turn(other, "b");
        StaleMark onlyB = other.mark();
        turn(other, "a");

        assertThat(since(log, log.after(other.mark()))).containsExactly("c");
        assertThat(log.after(onlyB)).isEqualTo(-1); // this log never had that state
        assertThat(log.after(other.mark(0))).isEqualTo(-1);
        turn(other, "c");
        assertThat(log.isLike(other)).isTrue();
        assertThat(since(log, log.after(other.mark()))).isEmpty();
        turn(other, "a", "b", "c");
        assertThat(since(log, log.after(other.mark()))).containsExactly("a", "b", "c");
        turn(log, "a", "b", "c");
        assertThat(since(log, log.after(other.mark()))).isEmpty();
        assertThat(since(log, log.after(null))).isEmpty();
    }

    @Test
    void theNewestAreKept() {
        turn(log, "a");
        StaleMark early = Objects.requireNonNull(log.mark());
        StaleMark byState = new StaleMark(early.log() + 1, 0, early.state());
        for (int i = 0; i < StaleLog.CAPACITY; i++) {
            assertThat(log.after(byState)).isOne();
            log.turned("s" + i);
        }
        assertThat(log.first()).isOne();
        assertThat(log.after(null)).isEqualTo(-1);
        assertThat(log.after(early)).isOne();
        assertThat(log.after(byState)).isOne();

        turn(log, "b");

        assertThat(log.after(early)).isEqualTo(-1);
        assertThat(log.after(byState)).isEqualTo(-1);
        assertThat(log.get(log.end() - 1)).isEqualTo("b");
        assertThat(log.get(log.first())).isEqualTo("s1");
    }

    @Test
    void aStateThatComesAgainIsWhereItWasLast() {
        for (int i = 0; i <= StaleLog.CAPACITY; i++) {
            turn(log, "a");
        }
        turn(log, "a");

        assertThat(log.after(null)).isEqualTo(log.end());
    }
}
