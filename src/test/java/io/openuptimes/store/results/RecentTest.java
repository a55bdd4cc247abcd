package io.openuptimes.store.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.ResultWrite;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final AtomicInteger evicted = new AtomicInteger();
    private long now;

    private static ResultWrite result(long at) {
        CheckResult result = new CheckResult("a", at, Outcome.UP, 200, 1, Phases.NONE, "");
        return new ResultWrite(new Verdict(result, Rules.PLAIN, null, true, false), 0, at);
    }

    @Test
    void gives_back_what_it_was_given_once_and_in_order() {
        Recent<ResultWrite> recent = new Recent<>(new Recent.Bound(10, () -> now, evicted::incrementAndGet));
        recent.add(result(1));
        recent.add(result(2));

        assertThat(recent.take()).containsExactly(result(1), result(2));
        assertThat(recent.take()).isEmpty();
    }

    @Test
    void keeps_no_more_than_all_together_may() {
        Recent.Bound bound = new Recent.Bound(3, () -> now, evicted::incrementAndGet);
        Recent<ResultWrite> one = new Recent<>(bound);
        Recent<ResultWrite> other = new Recent<>(bound);
        one.add(result(1));
        for (int i = 2; i < 7; i++) {
            other.add(result(i));
        }

        assertThat(other.take()).containsExactly(result(5), result(6));
        assertThat(one.take()).containsExactly(result(1));
        assertThat(evicted).hasValue(3);
    }

    @Test
    void keeps_nothing_where_nothing_gets_lost() {
        Recent<ResultWrite> recent = new Recent<>(new Recent.Bound(0, () -> now, evicted::incrementAndGet));
        recent.add(result(1));

        assertThat(recent.take()).isEmpty();
        assertThat(evicted).hasValue(0);
    }

    @Test
    void keeps_the_last_seconds_before_the_newest_for_as_long_as_a_failover_may_take() {
        Recent<ResultWrite> recent = new Recent<>(new Recent.Bound(10, () -> now, evicted::incrementAndGet));
        for (int second = 0; second <= 12; second += 4) {
            now = TimeUnit.SECONDS.toNanos(second);
            recent.add(result(second));
        }
        now += TimeUnit.SECONDS.toNanos(60);
        recent.forget();

        assertThat(recent.take()).containsExactly(result(4), result(8), result(12));
        assertThat(evicted).hasValue(0);
    }

    @Test
    void gives_nothing_back_that_no_failover_can_have_cost() {
        Recent<ResultWrite> recent = new Recent<>(new Recent.Bound(10, () -> now, evicted::incrementAndGet));
        recent.add(result(1));
        now = Recent.FAILOVER_NS + 1;

        assertThat(recent.take()).isEmpty();
        assertThat(evicted).hasValue(0);
    }
}
