package io.openuptimes.runtime;

import static io.openuptimes.runtime.Throttle.HELD_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // wraps around
    private final Throttle throttle = new Throttle(2, 100, now::get);

    @Test
    void so_many_pass_in_a_period_and_the_next_that_passes_learns_how_many_did_not() {
        assertThat(throttle.pass()).isZero();
        now.addAndGet(99);
        assertThat(throttle.pass()).isZero();
        assertThat(throttle.pass()).isEqualTo(HELD_BACK);
        assertThat(throttle.pass()).isEqualTo(HELD_BACK);
        now.addAndGet(1);
        assertThat(throttle.pass()).isEqualTo(2);
        assertThat(throttle.pass()).isZero();
        assertThat(throttle.pass()).isEqualTo(HELD_BACK);
    }

    @Test
    void a_period_starts_with_the_first_after_the_last() {
        throttle.pass();
        now.addAndGet(1_000);
        throttle.pass();
        now.addAndGet(99);
        assertThat(throttle.pass()).isZero();
        assertThat(throttle.pass()).isEqualTo(HELD_BACK);
    }
}
