package io.openuptimes.store.backup;

import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads each service's stored history while checks continue. Past days do not change; the rest of a service, including
 * its locations, is read in one step, so that status, counts and history are consistent. The batch size adapts to the
 * size of the previous batch.
 */
final class PastsReader {

    /** Target size of a batch. */
    private static final long BATCH_BYTES = 2_000_000;

    private static final int MAX_BATCH = 256;

    /** Yesterday, today and, if a node's clock is ahead, tomorrow: days that may still receive results. */
    private static final int OPEN_DAYS = 3;

    /** Keys besides those of the pasts. */
    private static final int FIXED_KEYS = 3;

    /** Parts of a past's answer before those of its state log and its days. */
    private static final int FIXED_PARTS = 3;

    private final Link link;
    private final BackupSink sink;
    private final Walked walked;
    private final Iterator<Definition> services;
    private final long today;
    private final long oldestDay;
    private final IntConsumer progress;
    private final long firstPeriod;
    private final long lastPeriod;
    private final List<Read> waiting = new ArrayList<>();
    private int batch = 16;
    private int done;

    /**
     * @param today the current day
     * @param oldestDay history before it is no longer shown
     * @param progress receives the number of services done
     */
    PastsReader(Link link, BackupSink sink, Walked walked, long today, long oldestDay, IntConsumer progress) {
        this.link = link;
        this.sink = sink;
        this.walked = walked;
        this.services = walked.services().iterator();
        this.today = today;
        this.oldestDay = oldestDay;
        this.progress = progress;
        this.firstPeriod = Keys.statesPeriod((today - Keys.LOG_KEPT_DAYS) * Keys.DAY_MS);
        this.lastPeriod = Keys.statesPeriod((today + 1) * Keys.DAY_MS);
    }

    /**
     * Commands whose answers become records.
     *
     * @param id of the past that a day belongs to
     * @param day null for what is read in one step
     */
    private record Read(
            Definition service, String id, @Nullable Long day, List<Request> commands) {}

    Future<Void> read() {
        return Repeat.until(this::batch);
    }

    /** Completes with whether nothing was left to read. */
    private Future<Boolean> batch() {
        List<Read> reads = next();
        if (reads.isEmpty()) {
            return Future.succeededFuture(true);
        }
        List<Request> commands = new ArrayList<>();
        reads.forEach(read -> commands.addAll(read.commands()));
        return link.batch(commands)
                .compose(answers -> sink.write(file -> write(file, reads, answers)))
                .map(bytes -> {
                    batch = (int)
                            Math.max(1, Math.min(Math.min(MAX_BATCH, 2L * batch), batch * BATCH_BYTES / (bytes + 1)));
                    progress.accept(done);
                    return false;
                });
    }

    /** The reads of the next batch. */
    private List<Read> next() {
        while (waiting.size() < batch && services.hasNext()) {
            add(services.next());
        }
        List<Read> some = waiting.subList(0, Math.min(batch, waiting.size()));
        List<Read> reads = List.copyOf(some);
        some.clear();
        return reads;
    }

    /** Adds past days first: if the service still exists afterwards, it existed while they were read. */
    private void add(Definition service) {
        for (Past past : service.pasts()) {
            String id = past.serviceId();
            for (long day = Math.max(oldestDay, past.firstDay()); day < today - 1; day++) {
                waiting.add(new Read(
                        service,
                        id,
                        day,
                        List.of(
                                Request.cmd(Command.GET).arg(Keys.history(id, day)),
                                Request.cmd(Command.GET).arg(Keys.peers(id, day)))));
            }
        }
        waiting.add(new Read(service, service.id(), null, List.of(oneStep(service))));
    }

    private Request oneStep(Definition service) {
        List<String> ids = service.pastIds();
        int partition = Keys.partition(service.id());
        int periods = (int) (lastPeriod - firstPeriod + 1);
        Request call = Script.BACKUP_SERVICE
                .call(FIXED_KEYS + ids.size() * (1 + periods + 2 * OPEN_DAYS))
                .arg(Keys.services(partition))
                .arg(Keys.status(partition))
                .arg(Keys.certificates(partition));
        for (String id : ids) {
            call.arg(Keys.rollup(id));
            for (long period = firstPeriod; period <= lastPeriod; period++) {
                call.arg(Keys.states(id, period));
            }
            for (int i = 0; i < OPEN_DAYS; i++) {
                call.arg(Keys.history(id, today - 1 + i)).arg(Keys.peers(id, today - 1 + i));
            }
        }
        call.arg(service.id()).arg(periods + 2 * OPEN_DAYS);
        ids.forEach(call::arg);
        return call;
    }

    /**
     * @return approximate number of bytes
     */
    private long write(BackupFileWriter file, List<Read> reads, List<@Nullable Response> answers) throws IOException {
        long bytes = 0;
        int at = 0;
        for (Read read : reads) {
            List<Item> items = read.day() == null
                    ? all(read.service(), answers.get(at))
                    : day(read.id(), read.day(), answers.get(at), answers.get(at + 1));
            at += read.commands().size();
            for (Item item : items) {
                file.write(item);
                bytes += item.size();
            }
        }
        return bytes;
    }

    private static List<Item> day(String id, long day, @Nullable Response history, @Nullable Response peers) {
        return history == null && peers == null
                ? List.of()
                : List.of(Item.of(
                        Kind.DAY,
                        Item.bytes(id),
                        Item.bytes(Long.toString(day)),
                        BackupReplies.bytes(history),
                        BackupReplies.bytes(peers)));
    }

    private static List<Item> states(String id, long period, @Nullable Response states) {
        return states == null
                ? List.of()
                : List.of(Item.of(
                        Kind.STATES, Item.bytes(id), Item.bytes(Long.toString(period)), BackupReplies.bytes(states)));
    }

    private List<Item> all(Definition service, @Nullable Response answer) {
        done++;
        if (answer == null) {
            return List.of(Item.of(Kind.GONE, Item.bytes(service.id())));
        }
        List<Item> items = new ArrayList<>();
        List<String> ids = service.pastIds();
        for (int i = 0; i < ids.size(); i++) {
            Response one = answer.get(i);
            String id = ids.get(i);
            byte[] status = BackupReplies.bytes(one.get(0));
            List<byte[]> parts = new ArrayList<>(List.of(status, BackupReplies.bytes(one.get(1))));
            parts.addAll(BackupReplies.list(one.get(2)));
            items.add(Item.of(Kind.PAST, id, Collections.unmodifiableList(parts)));
            int at = FIXED_PARTS;
            for (long period = firstPeriod; period <= lastPeriod; period++) {
                items.addAll(states(id, period, one.get(at++)));
            }
            for (int d = 0; d < OPEN_DAYS; d++) {
                items.addAll(day(id, today - 1 + d, one.get(at), one.get(at + 1)));
                at += 2;
            }
            if (i == 0) {
                walked.read(id, lastChecked(id, status));
            }
        }
        return items;
    }

    private static long lastChecked(String id, byte[] status) {
        try {
            return status.length == 0 ? 0 : StatusCodec.decode(id, status).lastChecked();
        } catch (IllegalArgumentException e) {
            return ServiceStatus.unchecked(id).lastChecked();
        }
    }
}
