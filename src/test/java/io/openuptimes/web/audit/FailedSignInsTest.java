package io.openuptimes.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.testing.ManualClock;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    @Test
    void those_in_excess_are_counted_in_the_next_entry() {
        ManualClock clock = new ManualClock(1_700_000_000_000L);
        FailedSignIns failed = new FailedSignIns(clock);
        for (int i = 0; i < FailedSignIns.A_MINUTE; i++) {
            assertThat(failed.take(new AuditNote())).isTrue();
        }
        for (int i = 0; i < 7; i++) {
            assertThat(failed.take(new AuditNote())).isFalse();
        }
        clock.advance(60_000);
        AuditNote next = new AuditNote();
        assertThat(failed.take(next)).isTrue();
        assertThat(next.after()).containsEntry("notRecorded", 7);
        AuditNote last = new AuditNote();
        assertThat(failed.take(last)).isTrue();
        assertThat(last.after()).isEmpty();
    }
}
