package io.openuptimes.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Failures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongReadsTest {

    private final LongReads turns = new LongReads(2, 2);
    private final List<Promise<String>> started = new ArrayList<>();

    private Future<String> take() {
        return turns.take(() -> {
            Promise<String> work = Promise.promise();
            started.add(work);
            return work.future();
        });
    }

    @Test
    void someRunSomeWaitAndTheRestIsRefused() {
        List<Future<String>> taken = List.of(take(), take(), take(), take());

        assertThat(started).hasSize(2);
        Future<String> refused = take();
        assertThat(refused.failed()).isTrue();
        assertThat(Failures.codeOf(refused.cause())).isEqualTo(Failures.STORE_UNREACHABLE);
        started.get(1).complete("second");
        assertThat(taken.get(1).result()).isEqualTo("second");
        assertThat(started).hasSize(3);
        started.get(0).fail("first");
        assertThat(taken.get(0).failed()).isTrue();
        assertThat(started).hasSize(4);
        started.get(2).complete("third");
        started.get(3).complete("fourth");
        assertThat(taken.get(3).result()).isEqualTo("fourth");
        take();
        take();
        take();
        assertThat(started).hasSize(6);
    }

    @Test
    void whatThrowsGivesItsTurnBack() {
        for (int i = 0; i < 10; i++) {
            assertThat(turns.take(() -> {
                                throw new IllegalStateException("broken");
                            })
                            .cause())
                    .hasMessage("broken");
        }
        take();
        assertThat(started).hasSize(1);
    }
}
