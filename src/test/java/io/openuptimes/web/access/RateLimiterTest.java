package io.openuptimes.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    private final RateLimiter limiter = new RateLimiter(10, 100, now::get);

    private void passes(long millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static int allowed(RateLimiter limiter, String client, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += !limiter.take(client).isExceeded() ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void a_burst_of_twice_the_rate_goes_through_and_no_more() {
        assertThat(allowed(limiter, "a", 100)).isEqualTo(20);
    }

    @Test
    void an_empty_bucket_fills_at_the_rate_and_not_over_its_brim() {
        allowed(limiter, "a", 100);
        passes(99);
        assertThat(limiter.take("a").retryAfterSeconds()).isEqualTo(1);
        passes(1);
        assertThat(limiter.take("a").isExceeded()).isFalse();
        passes(500);
        assertThat(allowed(limiter, "a", 100)).isEqualTo(5);
        passes(3_600_000);
        assertThat(allowed(limiter, "a", 100)).isEqualTo(20);
    }

    @Test
    void refused_requests_cost_nothing() {
        allowed(limiter, "a", 1_000);
        passes(1_000);
        assertThat(allowed(limiter, "a", 100)).isEqualTo(10);
    }

    @Test
    void clients_do_not_share() {
        allowed(limiter, "a", 100);
        assertThat(limiter.take("b").isExceeded()).isFalse();
    }

    @Test
    void zero_is_no_limit_and_remembers_nobody() {
        RateLimiter off = new RateLimiter(0, 100, now::get);
        assertThat(allowed(off, "a", 10_000)).isEqualTo(10_000);
        assertThat(off.clients()).isZero();
    }

    @Test
    void many_clients_at_once_stay_within_the_bound() {
        for (int i = 0; i < 10_000; i++) {
            limiter.take("client " + i);
        }
        assertThat(limiter.clients()).isEqualTo(100);
    }

    @Test
    void an_active_client_is_not_forgotten_for_new_ones() {
        allowed(limiter, "active", 20);
        for (int i = 0; i < 1_000; i++) {
            limiter.take("client " + i);
            assertThat(limiter.take("active").retryAfterSeconds()).isEqualTo(1);
        }
    }

    @Test
    void buckets_that_are_full_again_are_dropped_as_new_clients_come() {
        for (int i = 0; i < 90; i++) {
            limiter.take("client " + i);
        }
        passes(2_000);
        for (int i = 0; i < 30; i++) {
            limiter.take("new client " + i);
        }
        assertThat(limiter.clients()).isEqualTo(30);
    }
}
