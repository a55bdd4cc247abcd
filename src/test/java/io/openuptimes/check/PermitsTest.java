package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final List<String> started = new ArrayList<>();

    private void acquire(Permits permits, String host, String name) {
        permits.acquire(host, () -> started.add(name));
    }

    @Test
    void aBusyHostHoldsUpNobodyElse() {
        Permits permits = new Permits(10, 2);
        for (int i = 0; i < 5; i++) {
            acquire(permits, "slow:80", "slow" + i);
        }
        acquire(permits, "fast:80", "fast");
        assertThat(started).containsExactly("slow0", "slow1", "fast");
        assertThat(permits.waiting()).isEqualTo(3);

        permits.release("slow:80");
        assertThat(started).containsExactly("slow0", "slow1", "fast", "slow2");
    }

    @Test
    void theLimitInAllIsKeptAndHostsTakeTurns() {
        Permits permits = new Permits(2, 2);
        for (int i = 0; i < 3; i++) {
            acquire(permits, "a:80", "a" + i);
        }
        acquire(permits, "b:80", "b0");
        assertThat(permits.running()).isEqualTo(2);

        permits.release("a:80");
        permits.release("a:80");
        assertThat(started).containsExactly("a0", "a1", "b0", "a2");
    }

    @Test
    void aPermitCannotBeGivenBackTwice() {
        Permits permits = new Permits(1, 1);
        acquire(permits, "a:80", "a");
        permits.release("a:80");
        assertThatThrownBy(() -> permits.release("a:80")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyTaskRunsOnceAndNoLimitIsEverPassed() {
        Random random = new Random(42);
        Permits permits = new Permits(7, 3);
        List<String> running = new ArrayList<>();
        int[] done = {0};
        for (int i = 0; i < 2_000; i++) {
            String host = "host" + random.nextInt(5) + ":80";
            permits.acquire(host, () -> {
                running.add(host);
                assertThat(running).hasSizeLessThanOrEqualTo(7);
                assertThat(running.stream().filter(host::equals)).hasSizeLessThanOrEqualTo(3);
            });
            while (!running.isEmpty() && random.nextInt(3) > 0) {
                String ended = running.remove(random.nextInt(running.size()));
                done[0]++;
                permits.release(ended);
            }
        }
        while (!running.isEmpty()) {
            String ended = running.remove(0);
            done[0]++;
            permits.release(ended);
        }
        assertThat(done[0]).isEqualTo(2_000);
        assertThat(permits.running()).isZero();
        assertThat(permits.waiting()).isZero();
    }
}
