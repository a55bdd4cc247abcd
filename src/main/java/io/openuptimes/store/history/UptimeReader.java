package io.openuptimes.store.history;

import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.health.Logged;
import io.openuptimes.health.Timeline;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.StateLogCodec;
import io.openuptimes.store.data.StatusCodec;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads counts, state logs and statuses of services, three commands each, and forms reports of them. */
final class UptimeReader {

    private static final Logger log = LoggerFactory.getLogger(UptimeReader.class);

    /** Services read at a time: a log of months with many changes takes up to a hundred kilobytes. */
    private static final int BATCH = 25;

    private static final int COMMANDS = 3;

    private final Link link;
    private final Clock clock;
    private final WorkerExecutor workers;

    /**
     * @param workers decode logs
     */
    UptimeReader(Link link, Clock clock, WorkerExecutor workers) {
        this.link = link;
        this.clock = clock;
        this.workers = workers;
    }

    /** Reports about all these services, in the same order. */
    Future<List<UptimeReport>> read(ReadUptimes wanted) {
        return read(wanted, clock.millis(), new ArrayList<>(wanted.serviceIds().size()));
    }

    private Future<List<UptimeReport>> read(ReadUptimes wanted, long now, List<UptimeReport> reports) {
        List<String> all = wanted.serviceIds();
        List<String> ids = all.subList(reports.size(), Math.min(all.size(), reports.size() + BATCH));
        if (ids.isEmpty()) {
            return Future.succeededFuture(List.copyOf(reports));
        }
        List<Request> reads = new ArrayList<>(ids.size() * COMMANDS);
        ids.forEach(id -> addReads(reads, id, now));
        return link.batch(reads)
                .compose(answers -> workers.executeBlocking(
                        () -> {
                            for (int i = 0; i < ids.size(); i++) {
                                List<@Nullable Response> own = answers.subList(i * COMMANDS, (i + 1) * COMMANDS);
                                reports.add(report(ids.get(i), own, wanted.maxAge(ids.get(i)), now));
                            }
                            return reports;
                        },
                        false))
                .compose(added -> read(wanted, now, reports));
    }

    /** The log's parts of the reported days, and the part before, which tells the state in which they begin. */
    private static void addReads(List<Request> reads, String id, long now) {
        long from = now - (UptimeReport.DAYS + Keys.LOG_DAYS) * Keys.DAY_MS;
        Request states = Request.cmd(Command.MGET);
        Keys.states(id, from, now + Keys.DAY_MS).forEach(states::arg);
        reads.add(Rollup.read(id, now));
        reads.add(Request.cmd(Command.HGET).arg(Keys.status(Keys.partition(id))).arg(id));
        reads.add(states);
    }

    private static UptimeReport report(String id, List<@Nullable Response> answers, long maxAge, long now) {
        Rollup.Counts counts = Rollup.counts(String.valueOf(answers.get(0)), now);
        long lastChecked = lastChecked(id, answers.get(1));
        Timeline timeline = Timeline.of(entries(id, answers.get(2)), lastChecked, maxAge, now + 1);
        return new StateShares(timeline, counts, now).report(id);
    }

    private static long lastChecked(String id, @Nullable Response status) {
        if (status == null) {
            return 0;
        }
        byte[] packed = status.toBytes();
        try {
            return StatusCodec.decode(id, packed).lastChecked();
        } catch (IllegalArgumentException e) {
            return StatusCodec.unreadable(packed).lastChecked();
        }
    }

    private static List<Logged> entries(String id, @Nullable Response parts) {
        List<Logged> entries = new ArrayList<>();
        for (int i = 0; parts != null && i < parts.size(); i++) {
            Response part = parts.get(i);
            if (part != null) {
                try {
                    entries.addAll(StateLogCodec.decode(part.toBytes()));
                } catch (IllegalArgumentException e) {
                    log.error(
                            "a part of the state log of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
                }
            }
        }
        return entries;
    }
}
