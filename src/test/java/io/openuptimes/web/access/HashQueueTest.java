package io.openuptimes.web.access;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.web.http.ApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashQueueTest {

    private final Vertx vertx = Vertx.vertx();
    private final HashQueue queue = new HashQueue(vertx);
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        await(vertx.close());
    }

    /** Runs until it is released. */
    private Future<String> hash(String name, boolean known) {
        return queue.run(new PasswordClient(name, known), () -> {
            started.add(name);
            release.await();
            return name;
        });
    }

    private String nextStarted() throws InterruptedException {
        return String.valueOf(started.poll(60, TimeUnit.SECONDS));
    }

    private static void assertRefused(Future<?> future) {
        assertThat(future.cause()).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsEntry("Retry-After", "1");
        });
    }

    @Test
    void a_crowd_of_strangers_is_refused_while_known_clients_get_their_turn() throws Exception {
        List<Future<String>> crowd = new ArrayList<>();
        crowd.add(hash("stranger", false));
        assertThat(nextStarted()).isEqualTo("stranger");
        for (int i = 0; i < 100; i++) {
            crowd.add(hash("stranger " + i, false));
        }
        Future<String> known = hash("known", true);

        assertThat(nextStarted())
                .as("beside the stranger that runs, before all that wait")
                .isEqualTo("known");
        assertThat(crowd)
                .filteredOn(Future::failed)
                .hasSize(100 - HashQueue.ROOM)
                .allSatisfy(HashQueueTest::assertRefused);
        assertThat(queue.refused()).isEqualTo(100 - HashQueue.ROOM);
        release.countDown();
        assertThat(await(known)).isEqualTo("known");
        await(Future.join(crowd).otherwiseEmpty());
        assertThat(crowd).filteredOn(Future::succeeded).hasSize(1 + HashQueue.ROOM);
        assertThat(await(hash("another", false))).isEqualTo("another");
    }

    @Test
    void strangers_run_one_at_a_time_and_known_clients_two() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            hash("stranger " + name, false);
            hash("known " + name, true);
        }

        assertThat(List.of(nextStarted(), nextStarted())).containsExactlyInAnyOrder("stranger a", "known a");
        assertThat(started).isEmpty();
        release.countDown();
        assertThat(List.of(nextStarted(), nextStarted(), nextStarted(), nextStarted()))
                .containsExactlyInAnyOrder("stranger b", "stranger c", "known b", "known c");
    }

    @Test
    void of_each_client_one_waits() throws Exception {
        hash("one", true);
        hash("two", true);
        assertThat(List.of(nextStarted(), nextStarted())).containsExactlyInAnyOrder("one", "two");
        Future<String> waiting = hash("one", true);
        assertRefused(hash("one", true));
        Future<String> other = hash("three", true);
        release.countDown();
        assertThat(await(waiting)).isEqualTo("one");
        assertThat(await(other)).isEqualTo("three");
    }

    @Test
    void work_that_fails_makes_room_for_the_next() {
        Future<String> broken = queue.run(new PasswordClient("a", false), () -> {
            throw new IllegalStateException("broken");
        });
        assertThat(await(broken.otherwise("failed"))).isEqualTo("failed");
        release.countDown();
        assertThat(await(hash("a", false))).isEqualTo("a");
    }
}
