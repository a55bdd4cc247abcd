package io.openuptimes.store.history;

import io.openuptimes.bus.StoreMessage.ReadResponseTimes;
import io.openuptimes.bus.StoreMessage.ResponseTimeSeries;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.HistoryCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summarizes a service's history of any length: fetches a few days at a time, oldest first, and decodes them off the
 * event loop.
 */
final class ResponseTimeReader {

    /** With a check per second, a day takes half a megabyte. */
    private static final int DAYS_A_READ = 4;

    private final Link link;
    private final Retention retention;
    private final Clock clock;
    private final WorkerExecutor workers;

    /**
     * @param workers decode days
     */
    ResponseTimeReader(Link link, Retention retention, Clock clock, WorkerExecutor workers) {
        this.link = link;
        this.retention = retention;
        this.clock = clock;
        this.workers = workers;
    }

    Future<ResponseTimeSeries> read(Service service, ReadResponseTimes wanted) {
        long step = StepSummary.step(wanted.from(), wanted.to(), wanted.points());
        return retention.refresh().compose(fresh -> {
            Scan scan = new Scan(
                    wanted.serviceId(),
                    Math.max(wanted.from(), retention.oldest(Past.of(service))),
                    Math.min(wanted.to(), clock.millis() + Keys.DAY_MS),
                    new StepSummary(wanted.from(), wanted.to(), step));
            return scan.from(Keys.day(scan.from))
                    .compose(read -> workers.executeBlocking(scan.summary::end, false))
                    .map(points -> new ResponseTimeSeries(wanted.from(), wanted.to(), step, points));
        });
    }

    private final class Scan {

        final String id;
        final long from;
        final long to;
        final StepSummary summary;

        Scan(String id, long from, long to, StepSummary summary) {
            this.id = id;
            this.from = from;
            this.to = to;
            this.summary = summary;
        }

        Future<?> from(long day) {
            long last = Math.min(Keys.day(to), day + DAYS_A_READ - 1);
            if (day > last) {
                return Future.succeededFuture();
            }
            List<Request> reads = new ArrayList<>();
            for (long d = day; d <= last; d++) {
                reads.add(Request.cmd(Command.GET).arg(Keys.history(id, d)));
            }
            return link.batch(reads).compose(answers -> add(day, answers)).compose(added -> from(last + 1));
        }

        private Future<?> add(long firstDay, List<@Nullable Response> answers) {
            Future<?> added = Future.succeededFuture();
            for (int i = 0; i < answers.size(); i++) {
                Response packed = answers.get(i);
                long dayStart = (firstDay + i) * Keys.DAY_MS;
                if (packed != null) {
                    added = added.compose(before -> workers.executeBlocking(() -> add(packed, dayStart), false));
                }
            }
            return added;
        }

        private @Nullable Void add(Response packed, long dayStart) {
            HistoryCodec.forEach(
                    packed.toBytes(), dayStart, (timestamp, outcome, responseTime, code, text, attempts) -> {
                        if (timestamp >= from && timestamp <= to) {
                            summary.add(timestamp, outcome, responseTime);
                        }
                    });
            return null;
        }
    }
}
