package io.openuptimes.store.backup;

import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.secrets.InstallationKey;
import io.openuptimes.store.secrets.KeyRing;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The commands that restore a record. They are idempotent, except for those that append stream entries. */
final class RestoreCommands {

    private static final int PARTS_A_COMMAND = 1_000;

    private final RestorePlan plan;
    private final KeyRing keys;
    private final long now;

    /**
     * @param keys this node's keys for reading secrets
     * @param now epoch milliseconds
     */
    RestoreCommands(RestorePlan plan, KeyRing keys, long now) {
        this.plan = plan;
        this.keys = keys;
        this.now = now;
    }

    List<Request> of(Item item) {
        return switch (item.kind()) {
            case SERVICE -> plan.has(item.text(0)) ? service(item) : List.of();
            case PAST -> plan.has(item.text(0)) ? past(item) : List.of();
            case DAY -> plan.has(item.text(0)) ? day(item) : List.of();
            case STATES -> plan.has(item.text(0)) ? states(item) : List.of();
            case VALUE, SET, HASH, ENTRY -> shared(item);
            case GONE, END -> List.of();
        };
    }

    private static List<Request> service(Item item) {
        String id = item.text(0);
        return List.of(
                Request.cmd(Command.HSET)
                        .arg(Keys.services(Keys.partition(id)))
                        .arg(id)
                        .arg(bytes(item.part(2))),
                Request.cmd(Command.HSET)
                        .arg(Keys.NAMES)
                        .arg(bytes(item.part(1)))
                        .arg(id));
    }

    private static List<Request> past(Item item) {
        String id = item.text(0);
        int partition = Keys.partition(id);
        List<Request> commands = new ArrayList<>();
        addField(commands, Keys.status(partition), id, item.part(1));
        addField(commands, Keys.certificates(partition), id, item.part(2));
        commands.addAll(all(Command.HSET, Keys.rollup(id), item.from(3)));
        return commands;
    }

    private static void addField(List<Request> commands, String key, String field, byte[] value) {
        if (value.length > 0) {
            commands.add(Request.cmd(Command.HSET).arg(key).arg(field).arg(bytes(value)));
        }
    }

    private List<Request> day(Item item) {
        String id = item.text(0);
        long day = RestorePlan.dayOf(item);
        long expiry = HistoryLimits.expiryOf(day, plan.ttlSeconds());
        List<Request> commands = new ArrayList<>();
        if (expiry == 0 || expiry > now) {
            addString(commands, Keys.history(id, day), item.part(2), expiry);
            addString(commands, Keys.peers(id, day), item.part(3), expiry);
        }
        return commands;
    }

    private List<Request> states(Item item) {
        long period = RestorePlan.dayOf(item);
        long expiry = Keys.statesExpiry(period);
        List<Request> commands = new ArrayList<>();
        if (expiry > now) {
            addString(commands, Keys.states(item.text(0), period), item.part(2), expiry);
        }
        return commands;
    }

    private static void addString(List<Request> commands, String key, byte[] value, long expiry) {
        if (value.length == 0) {
            return;
        }
        commands.add(Request.cmd(Command.SET).arg(key).arg(bytes(value)));
        if (expiry != 0) {
            // the bundled Redis 5 does not support SET with PXAT
            commands.add(Request.cmd(Command.PEXPIREAT).arg(key).arg(expiry));
        }
    }

    private List<Request> shared(Item item) {
        Shared shared = Objects.requireNonNull(Shared.of(item.kind(), item.text(0)));
        return switch (shared) {
            // omitted if this node lacks the key, which the backup's secrets then do not need; the installation takes
            // the key of the first node that starts
            case SECRETS ->
                InstallationKey.held(item.text(1), keys) == null
                        ? List.of()
                        : List.of(Request.cmd(Command.SET).arg(shared.key()).arg(bytes(item.part(1))));
            case DECLARED -> all(Command.SADD, shared.key(), declared(item));
            case SETTINGS, API_KEYS, API_KEYS_LIMITED, API_KEYS_SETUP, API_KEYS_USED ->
                all(Command.HSET, shared.key(), item.from(1));
            case EVENTS, AUDIT, AUDIT_FAILED -> {
                Request add = Request.cmd(Command.XADD).arg(shared.key());
                item.from(1).forEach(part -> add.arg(bytes(part)));
                yield List.of(add);
            }
        };
    }

    private List<byte[]> declared(Item item) {
        return item.from(1).stream()
                .filter(id -> plan.has(new String(id, StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<Request> all(Command command, String key, List<byte[]> parts) {
        List<Request> commands = new ArrayList<>();
        for (int from = 0; from < parts.size(); from += PARTS_A_COMMAND) {
            Request one = Request.cmd(command).arg(key);
            parts.subList(from, Math.min(parts.size(), from + PARTS_A_COMMAND)).forEach(part -> one.arg(bytes(part)));
            commands.add(one);
        }
        return commands;
    }

    private static Buffer bytes(byte[] bytes) {
        return Buffer.buffer(bytes);
    }
}
