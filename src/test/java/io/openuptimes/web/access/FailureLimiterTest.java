package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLimiterTest {

    private final AtomicLong now = new AtomicLong(-7);
    private final FailureLimiter limiter = new FailureLimiter(30, 50, now::get);

    private void passes(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @BeforeEach
    void thirty_attempts_are_allowed() {
        for (int i = 0; i < 30; i++) {
            assertThat(limiter.take("a")).isZero();
        }
    }

    @Test
    void the_thirty_first_waits_for_the_end_of_the_minute() {
        assertThat(limiter.take("a")).isEqualTo(60);
        passes(59_001);
        assertThat(limiter.retryAfter("a")).isEqualTo(1);
        passes(998);
        assertThat(limiter.take("a")).isEqualTo(1);
        passes(1);
        assertThat(limiter.retryAfter("a")).isZero();
        assertThat(limiter.take("a")).isZero();
    }

    @Test
    void asking_when_does_not_count() {
        assertThat(limiter.retryAfter("b")).isZero();
        limiter.giveBack("a");
        assertThat(limiter.retryAfter("a")).isZero();
        assertThat(limiter.retryAfter("a")).isZero();
        assertThat(limiter.take("a")).isZero();
        assertThat(limiter.take("a")).isPositive();
    }

    @Test
    void other_addresses_go_on() {
        assertThat(limiter.take("b")).isZero();
    }

    @Test
    void addresses_stay_within_the_bound_and_the_busy_one_is_kept() {
        for (int i = 0; i < 1_000; i++) {
            limiter.take("address " + i);
            assertThat(limiter.take("a")).isPositive();
        }
        assertThat(limiter.addresses()).isEqualTo(50);
    }

    @Test
    void minutes_that_are_over_are_dropped() {
        for (int i = 0; i < 40; i++) {
            limiter.take("address " + i);
        }
        passes(60_000);
        for (int i = 0; i < 20; i++) {
            limiter.take("new address " + i);
        }
        assertThat(limiter.addresses()).isEqualTo(20);
    }
}
