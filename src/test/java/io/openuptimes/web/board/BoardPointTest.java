package io.openuptimes.web.board;

import static io.openuptimes.web.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.EventId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The version that callers pass from one response to the next request. */
class BoardPointTest {

    private static void assertReadBack(@Nullable StaleMark stale) {
        BoardPoint read = Objects.requireNonNull(BoardPoint.parse(new BoardPoint(event(17), stale).toString()));
        assertThat(read.event()).isEqualTo(event(17));
        assertThat(read.stale()).isEqualTo(stale);
    }

    @Test
    void itIsReadAsItWasWritten() {
        assertReadBack(null);
        assertReadBack(new StaleMark(-1, 0, null));
        assertReadBack(new StaleMark(Long.MIN_VALUE, Long.MAX_VALUE >>> 4, -5L));
        assertThat(BoardPoint.parseEvent("12-3")).isEqualTo(new EventId(12, 3));
        assertThat(BoardPoint.parseEvent("12-3.a.b.c")).isEqualTo(new EventId(12, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1-", "1-1.", "1-1.a", "1-1.a.", "1-1.g.1", "1-1.a.b.", "1-1.a.b.c.d", "1-1.-1.1.1"})
    void anythingElseIsNone(String text) {
        assertThat(BoardPoint.parse(text)).isNull();
        assertThat(BoardPoint.parse(text + "1".repeat(20))).isNull();
    }
}
