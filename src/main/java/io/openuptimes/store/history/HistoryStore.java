package io.openuptimes.store.history;

import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.OutcomeFilter;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.HistoryCodec;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.PeerLog;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads, trims and clears history. {@link io.openuptimes.store.results.ResultWriter} writes it. */
final class HistoryStore {

    /** Days fetched per read, newest first, until there are enough entries. */
    private static final int DAYS_A_READ = 4;

    /** Commands sent at a time in a sweep over all services. */
    private static final int SWEEP_BATCH = 1_000;

    private final Link link;
    private final Retention retention;
    private final Clock clock;
    private final WorkerExecutor workers;
    private final UptimeReader uptimes;
    private boolean clearing = true;
    private int sweeping;

    /**
     * @param workers decode days
     * @param uptimes are part of each answer
     */
    HistoryStore(Link link, Retention retention, Clock clock, WorkerExecutor workers, UptimeReader uptimes) {
        this.link = link;
        this.retention = retention;
        this.clock = clock;
        this.workers = workers;
        this.uptimes = uptimes;
    }

    /**
     * @param service whose history
     * @param wanted bounds of the result
     */
    Future<History> read(Service service, ReadHistory wanted) {
        return retention.refresh().compose(fresh -> {
            long from = Math.max(wanted.from(), retention.oldest(Past.of(service)));
            long to = Math.min(wanted.to(), clock.millis() + Keys.DAY_MS);
            List<HistoryEntry> entries = new ArrayList<>();
            return collect(wanted.serviceId(), from, to, Keys.day(to), wanted, entries)
                    .compose(collected -> uptimes.read(
                            new ReadUptimes(List.of(wanted.serviceId()), Map.of(wanted.serviceId(), wanted.maxAge()))))
                    .map(reports -> {
                        boolean more = entries.size() > wanted.limit();
                        return new History(
                                List.copyOf(more ? entries.subList(0, wanted.limit()) : entries),
                                more,
                                reports.get(0).uptime());
                    });
        });
    }

    private Future<Void> collect(
            String id, long from, long to, long day, ReadHistory wanted, List<HistoryEntry> entries) {
        if (from > to || day < Keys.day(from) || entries.size() > wanted.limit()) {
            return Future.succeededFuture();
        }
        // one day is often enough; if not, read several at a time
        int days = entries.isEmpty() && day == Keys.day(to) ? 1 : DAYS_A_READ;
        long oldest = Math.max(Keys.day(from), day - days + 1);
        List<Request> reads = new ArrayList<>();
        for (long d = day; d >= oldest; d--) {
            reads.add(Request.cmd(Command.GET).arg(Keys.history(id, d)));
        }
        for (long d = day; wanted.peers() && d >= oldest; d--) {
            reads.add(Request.cmd(Command.GET).arg(Keys.peers(id, d)));
        }
        int daysRead = (int) (day - oldest + 1);
        return link.batch(reads)
                .compose(answers -> workers.executeBlocking(
                        () -> {
                            for (int i = 0; i < daysRead && entries.size() <= wanted.limit(); i++) {
                                Response packed = answers.get(i);
                                if (packed != null) {
                                    byte[] bytes = packed.toBytes();
                                    long dayStart = (day - i) * Keys.DAY_MS;
                                    PeerLog peers =
                                            wanted.peers() ? peers(answers.get(daysRead + i), dayStart) : PeerLog.EMPTY;
                                    addNewestFirst(
                                            decode(bytes, peers, dayStart, from, to, wanted.outcomes()), entries);
                                }
                            }
                            return entries;
                        },
                        false))
                .compose(added -> collect(id, from, to, oldest - 1, wanted, entries));
    }

    private static PeerLog peers(@Nullable Response packed, long dayStart) {
        return packed == null ? PeerLog.EMPTY : PeerLog.decode(packed.toBytes(), dayStart);
    }

    /** Keeps matching entries only; with a check per second, these may be few of a day's entries. */
    private static List<HistoryEntry> decode(
            byte[] bytes, PeerLog peers, long dayStart, long from, long to, OutcomeFilter outcomes) {
        List<HistoryEntry> day = new ArrayList<>();
        HistoryCodec.forEach(bytes, dayStart, (timestamp, outcome, responseTime, code, text, attempts) -> {
            if (timestamp >= from && timestamp <= to && outcomes.accepts(outcome)) {
                Peer peer = outcome.isFailure() ? peers.at(timestamp) : null;
                day.add(new HistoryEntry(timestamp, outcome, responseTime, code, text, peer, attempts));
            }
        });
        return day;
    }

    private static void addNewestFirst(List<HistoryEntry> day, List<HistoryEntry> entries) {
        for (int i = day.size() - 1; i >= 0; i--) {
            entries.add(day.get(i));
        }
    }

    /** Removes all stored history of a service for good. */
    Future<Void> remove(Past past) {
        return sweep(List.of(past), this::unlinkCounts, HistoryStore::unlink);
    }

    private Request unlinkCounts(String id) {
        Request unlink = Request.cmd(Command.UNLINK).arg(Keys.rollup(id));
        Keys.allStates(id, clock.millis()).forEach(unlink::arg);
        return unlink;
    }

    /**
     * Clears this history; readers stop seeing it at once. The clearing is final once this has succeeded. If Redis goes
     * away, {@link #finishClearing} does the rest.
     */
    Future<Void> clear(List<Past> pasts) {
        return retention.raiseFloorToNow().compose(done -> {
            clearing = true;
            return clearCounts(pasts).otherwiseEmpty();
        });
    }

    private Future<Void> clearCounts(List<Past> pasts) {
        sweeping++;
        return sweep(pasts, id -> Rollup.clear(id, clock.millis()), HistoryStore::unlink)
                .compose(swept -> retention.cleared())
                .onSuccess(done -> clearing = false)
                .onComplete(ended -> sweeping--);
    }

    /** Whether an interrupted clearing may remain. Initially true, because an earlier run may have left one. */
    boolean isClearing() {
        return clearing && sweeping == 0;
    }

    /** Finishes an interrupted clearing. */
    Future<Void> finishClearing(Supplier<Future<List<Past>>> pasts) {
        return retention.isClearing().compose(left -> {
            clearing = left;
            return left ? pasts.get().compose(this::clearCounts) : Future.succeededFuture();
        });
    }

    /**
     * Changes the retention, also for stored history. A longer TTL is applied to the keys before it takes effect, so
     * that nothing expires too early; with a shorter one, keys that expire too late are hidden.
     *
     * @param seconds 0 for unlimited
     */
    Future<Void> setTtl(long seconds, List<Past> pasts) {
        PerDay expiry = (id, day) -> expire(id, day, seconds);
        return retention.refresh().compose(fresh -> {
            long before = retention.ttlSeconds();
            boolean longer = before != 0 && (seconds == 0 || seconds > before);
            return longer
                    ? sweep(pasts, null, expiry).compose(swept -> retention.setTtl(seconds))
                    : retention.setTtl(seconds).compose(done -> sweep(pasts, null, expiry)
                            .otherwiseEmpty());
        });
    }

    private static List<Request> expire(String id, long day, long ttlSeconds) {
        long expiry = HistoryLimits.expiryOf(day, ttlSeconds);
        return List.of(expire(Keys.history(id, day), expiry), expire(Keys.peers(id, day), expiry));
    }

    private static Request expire(String key, long expiry) {
        return expiry == 0
                ? Request.cmd(Command.PERSIST).arg(key)
                : Request.cmd(Command.PEXPIREAT).arg(key).arg(expiry);
    }

    private static List<Request> unlink(String id, long day) {
        return List.of(Request.cmd(Command.UNLINK).arg(Keys.history(id, day)).arg(Keys.peers(id, day)));
    }

    private interface PerDay {
        List<Request> commands(String id, long day);
    }

    /** Sends a command for each service and some for each of its days, in batches. */
    private Future<Void> sweep(List<Past> pasts, @Nullable Function<String, Request> perService, PerDay perDay) {
        long lastDay = Keys.day(clock.millis()) + 1;
        Promise<Void> swept = Promise.promise();
        sweep(pasts.iterator(), lastDay, perService, perDay, swept);
        return swept.future();
    }

    /** Creates commands batch by batch: there may be millions of them. */
    private void sweep(
            Iterator<Past> rest,
            long lastDay,
            @Nullable Function<String, Request> perService,
            PerDay perDay,
            Promise<Void> swept) {
        List<Request> commands = new ArrayList<>();
        while (rest.hasNext() && commands.size() < SWEEP_BATCH) {
            Past past = rest.next();
            if (perService != null) {
                commands.add(perService.apply(past.serviceId()));
            }
            for (long day = past.firstDay(); day <= lastDay; day++) {
                commands.addAll(perDay.commands(past.serviceId(), day));
            }
        }
        if (commands.isEmpty()) {
            swept.complete();
            return;
        }
        link.batch(commands).onComplete(sent -> sweep(rest, lastDay, perService, perDay, swept), swept::fail);
    }
}
