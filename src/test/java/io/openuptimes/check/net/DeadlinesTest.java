package io.openuptimes.check.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines on a real event loop, on a wheel so small that most of them wait for several turns. */
class DeadlinesTest {

    private static final int BUCKETS = 8;

    private final AtomicLong ahead = new AtomicLong();
    private final EventLoop loop = new DefaultEventLoop();
    private final Deadlines deadlines = new Deadlines(loop, BUCKETS, () -> System.nanoTime() + ahead.get());

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Timed extends Deadlines.Deadline {

        private final long millis;
        private final CountDownLatch all;
        private final long from = System.nanoTime();
        private long told = -1;

        Timed(long millis, CountDownLatch all) {
            this.millis = millis;
            this.all = all;
            deadlines.set(this, millis);
        }

        @Override
        void passed() {
            assertThat(told).isEqualTo(-1);
            told = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
            all.countDown();
        }
    }

    @Test
    void areToldOnceAndNeverEarlyUnlessTheyAreCancelled() throws Exception {
        int many = 400;
        CountDownLatch rest = new CountDownLatch(many / 2);
        List<Timed> timed = new ArrayList<>();
        loop.submit(() -> {
                    for (int i = 0; i < many; i++) {
                        timed.add(new Timed(1 + i % 300, rest));
                    }
                    for (int i = 0; i < many; i += 2) {
                        timed.get(i).cancel();
                        timed.get(i).cancel();
                    }
                    assertThat(deadlines.all()).hasSize(many / 2);
                })
                .get();
        assertThat(rest.await(60, TimeUnit.SECONDS)).isTrue();
        loop.submit(() -> {
                    assertThat(deadlines.all()).isEmpty();
                    for (int i = 0; i < many; i++) {
                        Timed one = timed.get(i);
                        if (i % 2 == 0) {
                            assertThat(one.told).as("cancelled").isEqualTo(-1);
                        } else {
                            assertThat(one.told).isGreaterThanOrEqualTo(one.millis);
                        }
                    }
                })
                .get();
    }

    @Test
    void afterAStandstillTheyPassAndItIsKnownHowLongItWas() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        long[] stood = {0, 0, 0};
        loop.submit(() -> {
                    stood[0] = deadlines.stoodStill();
                    new Timed(3_000, done);
                    ahead.addAndGet(TimeUnit.SECONDS.toNanos(6));
                    stood[1] = deadlines.stoodStill(); // as what is read before the deadlines are looked at knows it
                })
                .get();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        loop.submit(() -> stood[2] = deadlines.stoodStill()).get();
        assertThat(stood[1] - stood[0]).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(6));
        assertThat(stood[2]).isGreaterThanOrEqualTo(stood[1]);
    }

    @Test
    void canBeSetAndCancelledByOneThatPasses() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        loop.submit(() -> {
                    Timed victim = new Timed(30, new CountDownLatch(1));
                    deadlines.set(
                            new Deadlines.Deadline() {
                                @Override
                                void passed() {
                                    victim.cancel();
                                    new Timed(1, done);
                                    new Timed(200, done);
                                }
                            },
                            20);
                })
                .get();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
