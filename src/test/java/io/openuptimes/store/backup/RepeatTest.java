package io.openuptimes.store.backup;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.App;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatTest {

    private static final int MANY = 100_000;

    @Test
    void steps_that_complete_at_once_need_no_deeper_stack() {
        AtomicInteger steps = new AtomicInteger();
        Future<Void> over = Repeat.until(() -> Future.succeededFuture(steps.incrementAndGet() == MANY));
        assertThat(over.succeeded()).isTrue();
        assertThat(steps).hasValue(MANY);
    }

    @Test
    void nor_do_steps_that_complete_later() {
        Vertx vertx = App.vertx();
        try {
            Context loop = vertx.getOrCreateContext();
            AtomicInteger steps = new AtomicInteger();
            List<Integer> order = new ArrayList<>();
            Promise<Void> over = Promise.promise();
            loop.runOnContext(start -> Repeat.until(() -> {
                        int step = steps.incrementAndGet();
                        Promise<Boolean> turn = Promise.promise();
                        loop.runOnContext(later -> {
                            order.add(step);
                            turn.complete(step == MANY);
                        });
                        // the last of a chain of its own, as that of a real step
                        return turn.future().compose(last -> Future.succeededFuture(last));
                    })
                    .onComplete(over));
            await(over.future());
            assertThat(order).hasSize(MANY).isSorted();
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void the_first_failure_ends_it() {
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> await(Repeat.until(() -> steps.incrementAndGet() < 3
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(new IllegalStateException("third")))))
                .hasMessageContaining("third");
        assertThatThrownBy(() -> await(Repeat.until(() -> {
                    throw new IllegalStateException("thrown");
                })))
                .hasMessageContaining("thrown");
        assertThat(steps).hasValue(3);
    }
}
