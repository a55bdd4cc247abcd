package io.openuptimes.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PermitsTest {

    private final List<String> started = new ArrayList<>();

    private void acquire(Permits permits, String host, String name) {
        acquire(permits, host, () -> started.add(name));
    }

    private static void acquire(Permits permits, String host, Runnable task) {
        if (permits.acquire(key(host), 0, Runnable::run, task)) {
            task.run();
        }
    }

    private static long key(String host) {
        return HostKey.of("http://" + host);
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

        permits.release(key("slow:80"));
        assertThat(started).containsExactly("slow0", "slow1", "fast", "slow2");
    }

    @Test
    void theLimitInAllIsKeptAndWhoCameFirstIsNext() {
        Permits permits = new Permits(2, 2);
        for (int i = 0; i < 3; i++) {
            acquire(permits, "a:80", "a" + i);
        }
        acquire(permits, "b:80", "b0");
        assertThat(permits.running()).isEqualTo(2);

        permits.release(key("a:80"));
        permits.release(key("a:80"));
        assertThat(started).containsExactly("a0", "a1", "a2", "b0");
    }

    @Test
    void aPermitCannotBeGivenBackTwice() {
        Permits permits = new Permits(1, 1);
        acquire(permits, "a:80", "a");
        permits.release(key("a:80"));
        assertThatThrownBy(() -> permits.release(key("a:80"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyTaskRunsOnceAndNoLimitIsEverPassed() {
        Random random = new Random(42);
        Permits permits = new Permits(7, 3);
        List<String> running = new ArrayList<>();
        int[] done = {0};
        for (int i = 0; i < 2_000; i++) {
            String host = "host" + random.nextInt(5) + ":80";
            acquire(permits, host, () -> {
                running.add(host);
                assertThat(running).hasSizeLessThanOrEqualTo(7);
                assertThat(running.stream().filter(host::equals)).hasSizeLessThanOrEqualTo(3);
            });
            while (!running.isEmpty() && random.nextInt(3) > 0) {
                String ended = running.remove(random.nextInt(running.size()));
                done[0]++;
                permits.release(key(ended));
            }
        }
        while (!running.isEmpty()) {
            String ended = running.remove(0);
            done[0]++;
            permits.release(key(ended));
        }
        assertThat(done[0]).isEqualTo(2_000);
        assertThat(permits.running()).isZero();
        assertThat(permits.waiting()).isZero();
    }

    @Test
    void theLimitsHoldForManyEventLoopsAndNobodyIsForgotten() throws Exception {
        int loops = 4;
        int each = 20_000;
        Permits permits = new Permits(6, 2);
        AtomicInteger running = new AtomicInteger();
        AtomicIntegerArray perHost = new AtomicIntegerArray(5);
        AtomicInteger passed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(loops * each);
        List<ExecutorService> executors = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            executors.add(Executors.newSingleThreadExecutor());
        }
        try {
            for (ExecutorService loop : executors) {
                loop.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        int host = i % 5;
                        Runnable task = () -> {
                            if (running.incrementAndGet() > 6 || perHost.incrementAndGet(host) > 2) {
                                passed.incrementAndGet();
                            }
                            loop.execute(() -> {
                                perHost.decrementAndGet(host);
                                running.decrementAndGet();
                                permits.release(host);
                                done.countDown();
                            });
                        };
                        if (permits.acquire(host, i, loop, task)) {
                            task.run();
                        }
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executors.forEach(ExecutorService::shutdownNow);
        }
        assertThat(passed).hasValue(0);
        assertThat(permits.running()).isZero();
        assertThat(permits.waiting()).isZero();
    }

    @Test
    void whoHopesForRoomIsToldOnceWhenThereIsSome() {
        Permits permits = new Permits(1, 1);
        permits.whenRoom(0, Runnable::run, () -> started.add("at once"));
        acquire(permits, "a:80", "a");
        permits.whenRoom(0, Runnable::run, () -> started.add("later"));
        assertThat(started).containsExactly("at once", "a");
        permits.release(key("a:80"));
        assertThat(started).containsExactly("at once", "a", "later");
        acquire(permits, "a:80", "b");
        permits.release(key("a:80"));
        assertThat(started).containsExactly("at once", "a", "later", "b");
    }

    @Test
    void whoHopesForRoomHasItsTurnAmongThoseThatWait() {
        Permits permits = new Permits(1, 1);
        acquire(permits, "a:80", "a");
        acquire(permits, "b:80", "b");
        permits.whenRoom(0, Runnable::run, () -> acquire(permits, "hoped:80", "hoped"));
        acquire(permits, "c:80", "c");
        permits.release(key("a:80"));
        permits.release(key("b:80"));
        assertThat(started).containsExactly("a", "b", "hoped");
        assertThat(permits.waiting()).isEqualTo(1);
        permits.release(key("hoped:80"));
        assertThat(started).containsExactly("a", "b", "hoped", "c");
    }

    @Test
    void whoHasBeenDueForTheLongestTimeIsNext() {
        Permits permits = new Permits(1, 1);
        acquire(permits, "a:80", "a");
        assertThat(permits.acquire(key("b:80"), 30, Runnable::run, () -> started.add("b")))
                .isFalse();
        permits.whenRoom(20, Runnable::run, () -> started.add("room"));
        assertThat(permits.acquire(key("c:80"), 10, Runnable::run, () -> started.add("c")))
                .isFalse();
        permits.release(key("a:80"));
        permits.release(key("c:80"));
        assertThat(started).as("who had room did not take it").containsExactly("a", "c", "room", "b");
    }
}
