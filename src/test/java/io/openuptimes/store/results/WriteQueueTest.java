package io.openuptimes.store.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.store.data.ResultWrite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private static final int MAX_QUEUE = 5;

    private final Vertx vertx = App.vertx();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ResultMetrics metrics = new ResultMetrics(new SimpleMeterRegistry());
    private final Recent<ResultWrite> recent = new Recent<>(new Recent.Bound(100, () -> 0, () -> {}));
    private final List<Long> written = new ArrayList<>();
    private final WriteQueue lane = new WriteQueue(vertx, new Writer(), waiting, recent, metrics, 100, 100);
    private boolean up = true;

    @AfterEach
    void close() {
        vertx.close();
    }

    private final class Writer implements WriteQueue.Writer {

        @Override
        public boolean isUp() {
            return up;
        }

        @Override
        public Future<Written> write(List<Pending> batch) {
            batch.forEach(pending -> written.add(pending.result().timestamp()));
            Written all = new Written();
            all.stored.addAll(batch);
            return Future.succeededFuture(all);
        }

        @Override
        public void written(List<Pending> batch, Written changed) {}

        @Override
        public int room() {
            return MAX_QUEUE - waiting.get();
        }

        @Override
        public boolean lingers() {
            return false;
        }

        @Override
        public boolean ends() {
            return false;
        }

        @Override
        public void refused(Throwable failure, boolean first) {}

        @Override
        public void dropped(Pending pending) {}

        @Override
        public void taken() {}

        @Override
        public void rested() {}
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            CheckResult result = new CheckResult("s" + i, i, Outcome.UP, 200, 1, Phases.NONE, "");
            lane.add(new Pending(
                    new ResultWrite(new Verdict(result, Rules.PLAIN, null, true, false), 0, i), null, false));
        }
    }

    @Test
    void writesAgainWhatWasWrittenLastBeforeWhatHasComeSince() {
        add(0, 2);
        lane.flush();
        up = false;
        add(2, 4);

        lane.recall();
        up = true;
        lane.flush();

        assertThat(written).containsExactly(0L, 1L, 0L, 1L, 2L, 3L);
        assertThat(metrics.dropped()).isZero();
        assertThat(waiting).hasValue(0);
    }

    @Test
    void writesAgainNoMoreThanThereIsRoomForAndCountsTheRest() {
        add(0, 4);
        lane.flush();
        up = false;
        add(4, 7);

        lane.recall();

        assertThat(waiting).hasValue(MAX_QUEUE);
        assertThat(lane.size()).isEqualTo(MAX_QUEUE);
        assertThat(metrics.dropped()).isEqualTo(2);
        written.clear();
        up = true;
        lane.flush();
        assertThat(written).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(lane.settled().succeeded()).isTrue();
    }
}
