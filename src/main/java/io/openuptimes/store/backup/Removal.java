package io.openuptimes.store.backup;

import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes a store's contents, found through the ids of its services, so that any other data in the same Redis stays.
 * Data of the nodes stays too, see {@link KeyDecisions}.
 */
final class Removal {

    private static final int KEYS_A_COMMAND = 100;
    private static final int COMMANDS_A_BATCH = 500;

    private static final List<String> FIXED = List.of(
            Keys.NAMES,
            Keys.SETTINGS,
            Keys.SECRETS,
            Keys.API_KEYS,
            Keys.API_KEYS_LIMITED,
            Keys.API_KEYS_SETUP,
            Keys.API_KEYS_USED,
            Keys.EVENTS,
            Keys.AUDIT,
            Keys.AUDIT_FAILED,
            Keys.RESULTS,
            Keys.ASKS,
            Keys.DELETED,
            Keys.DECLARED,
            Keys.DECLARED_BY,
            Keys.BULK_CHUNKS,
            Keys.BULK_COMMITTED,
            Keys.BULK_CHUNKS_ASIDE,
            Keys.BULK_COMMITTED_ASIDE,
            Keys.CHANGES_LOCK,
            Keys.CHANGES_HELD,
            Keys.NAMES_CLOSED,
            Keys.ONCE_INDEX);

    private final Link link;
    private final RestoreRun run;
    private final long now;

    /**
     * @param run the restore that removes
     * @param now epoch milliseconds
     */
    Removal(Link link, RestoreRun run, long now) {
        this.link = link;
        this.run = run;
        this.now = now;
    }

    /** Removes everything. An interrupted removal is completed by running it again. */
    Future<Void> run() {
        return link.batch(List.of(HistoryLimits.read(), all(Keys.DELETED), all(Keys.ONCE_INDEX)))
                .compose(answers -> {
                    long oldest = Keys.day(HistoryLimits.of(answers.get(0)).cutoff(now));
                    return deleted(texts(answers.get(1)), oldest)
                            .compose(gone -> once(texts(answers.get(2))))
                            .compose(gone -> partition(0, oldest));
                })
                .compose(gone ->
                        send(FIXED.stream().map(key -> unlink(List.of(key))).iterator()));
    }

    private static Request all(String sortedSet) {
        return Request.cmd(Command.ZRANGE).arg(sortedSet).arg(0).arg(-1);
    }

    /** Data of deleted services, and of locations that services no longer have. */
    private Future<Void> deleted(List<String> listed, long oldest) {
        List<Past> pasts = new ArrayList<>();
        for (String member : listed) {
            try {
                pasts.add(Past.decode(member));
            } catch (IllegalArgumentException unreadable) {
                // nothing could be found by it
            }
        }
        return send(pasts.stream()
                .flatMap(past -> {
                    List<Request> commands = pastOf(past, oldest);
                    commands.add(unlink(List.of(Keys.deleted(past.serviceId()))));
                    return commands.stream();
                })
                .iterator());
    }

    private Future<Void> once(List<String> members) {
        return send(members.stream()
                .map(member -> unlink(List.of(Keys.ONCE + member)))
                .iterator());
    }

    private Future<Void> partition(int partition, long oldest) {
        if (partition == Keys.PARTITIONS) {
            return Future.succeededFuture();
        }
        return link.batch(List.of(
                        Request.cmd(Command.HGETALL).arg(Keys.services(partition)),
                        Request.cmd(Command.HGETALL).arg(Keys.status(partition))))
                .compose(answers -> send(pasts(answers).stream()
                        .flatMap(past -> pastOf(past, oldest).stream())
                        .iterator()))
                .compose(gone -> run.check())
                .compose(held -> link.send(unlink(List.of(
                        Keys.services(partition),
                        Keys.status(partition),
                        Keys.certificates(partition),
                        Keys.outbox(partition),
                        Keys.closed(partition)))))
                .compose(gone -> partition(partition + 1, oldest));
    }

    private static List<Past> pasts(List<@Nullable Response> answers) {
        Map<String, Past> pasts = new HashMap<>();
        List<byte[]> statuses = BackupReplies.list(answers.get(1));
        for (int i = 0; i < statuses.size(); i += 2) {
            String id = text(statuses.get(i));
            pasts.put(id, new Past(id, 0));
        }
        List<byte[]> services = BackupReplies.list(answers.get(0));
        for (int i = 0; i < services.size(); i += 2) {
            String id = text(services.get(i));
            Definition service = Definition.read(id, services.get(i + 1));
            List<Past> all = service == null ? List.of(new Past(id, 0)) : service.pasts();
            all.forEach(past -> pasts.put(past.serviceId(), past));
        }
        return List.copyOf(pasts.values());
    }

    private List<Request> pastOf(Past past, long oldest) {
        List<Request> commands = new ArrayList<>();
        List<String> keys = new ArrayList<>(Keys.allStates(past.serviceId(), now));
        keys.add(Keys.rollup(past.serviceId()));
        for (long day = Math.max(oldest, past.firstDay()); day <= Keys.day(now) + 1; day++) {
            keys.add(Keys.history(past.serviceId(), day));
            keys.add(Keys.peers(past.serviceId(), day));
            if (keys.size() >= KEYS_A_COMMAND) {
                commands.add(unlink(keys));
                keys = new ArrayList<>();
            }
        }
        if (!keys.isEmpty()) {
            commands.add(unlink(keys));
        }
        return commands;
    }

    private Future<Void> send(Iterator<Request> commands) {
        return Repeat.until(() -> {
            List<Request> batch = new ArrayList<>();
            while (commands.hasNext() && batch.size() < COMMANDS_A_BATCH) {
                batch.add(commands.next());
            }
            return batch.isEmpty()
                    ? Future.succeededFuture(true)
                    : run.check().compose(held -> link.batch(batch)).map(false);
        });
    }

    /** Removes keys of one slot. */
    private static Request unlink(List<String> keys) {
        Request unlink = Request.cmd(Command.UNLINK);
        keys.forEach(unlink::arg);
        return unlink;
    }

    private static List<String> texts(@Nullable Response answer) {
        return BackupReplies.list(answer).stream().map(Removal::text).toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
