package io.openuptimes.store.backup;

import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.secrets.SecretBox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads all services, one partition at a time, while nobody changes any, which yields a consistent snapshot. As
 * elsewhere, a service exists if it holds its name.
 */
final class DefinitionsReader {

    private static final int NAMES_A_COMMAND = 500;

    private final Vertx vertx;
    private final Link link;
    private final BackupSink sink;
    private final Walked walked;
    private final Set<String> secretKeys = new TreeSet<>();
    private long unreadable;

    DefinitionsReader(Vertx vertx, Link link, BackupSink sink, Walked walked) {
        this.vertx = vertx;
        this.link = link;
        this.sink = sink;
        this.walked = walked;
    }

    private record Read(Definition service, String json) {}

    /** Completes when all services, and the data that must be consistent with them, are written. */
    Future<Void> read() {
        return link.batch(List.of(
                        Request.cmd(Command.GET).arg(Shared.SECRETS.key()),
                        Request.cmd(Command.SMEMBERS).arg(Shared.DECLARED.key())))
                .compose(answers -> sink.write(file -> {
                    Response secrets = answers.get(0);
                    if (secrets != null) {
                        file.write(Item.of(Kind.VALUE, Shared.SECRETS.word(), List.of(secrets.toBytes())));
                    }
                    file.write(Item.of(Kind.SET, Shared.DECLARED.word(), BackupReplies.list(answers.get(1))));
                    return file;
                }))
                .compose(written -> partition(0));
    }

    /** Ids of the keys with which secrets are encrypted. */
    Set<String> secretKeys() {
        return secretKeys;
    }

    /** Number of stored services that cannot be decoded, and are therefore not in the backup. */
    long unreadable() {
        return unreadable;
    }

    private Future<Void> partition(int partition) {
        if (partition == Keys.PARTITIONS) {
            return Future.succeededFuture();
        }
        return link.send(Request.cmd(Command.HGETALL).arg(Keys.services(partition)))
                .compose(stored -> vertx.executeBlocking(() -> decode(stored)))
                .compose(services -> link.batch(askForNames(services)).compose(holders -> write(services, holders)))
                .compose(written -> partition(partition + 1));
    }

    private List<Read> decode(@Nullable Response stored) {
        List<Read> services = new ArrayList<>();
        List<byte[]> pairs = BackupReplies.list(stored);
        for (int i = 0; i < pairs.size(); i += 2) {
            byte[] json = pairs.get(i + 1);
            Definition service = Definition.read(new String(pairs.get(i), StandardCharsets.UTF_8), json);
            if (service == null) {
                unreadable++;
            } else {
                services.add(new Read(service, new String(json, StandardCharsets.UTF_8)));
            }
        }
        return services;
    }

    private static List<Request> askForNames(List<Read> services) {
        List<Request> commands = new ArrayList<>();
        for (int from = 0; from < services.size(); from += NAMES_A_COMMAND) {
            Request command = Request.cmd(Command.HMGET).arg(Keys.NAMES);
            services.subList(from, Math.min(services.size(), from + NAMES_A_COMMAND))
                    .forEach(read -> command.arg(read.service().name()));
            commands.add(command);
        }
        return commands;
    }

    private Future<Void> write(List<Read> services, List<@Nullable Response> holders) {
        List<Read> held = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            Response answer = holders.get(i / NAMES_A_COMMAND);
            Response holder = answer == null ? null : answer.get(i % NAMES_A_COMMAND);
            if (holder != null && services.get(i).service().id().equals(holder.toString())) {
                held.add(services.get(i));
            }
        }
        held.forEach(read -> walked.add(read.service()));
        return sink.write(file -> {
                    for (Read read : held) {
                        Definition service = read.service();
                        file.write(Item.of(
                                Kind.SERVICE,
                                Item.bytes(service.id()),
                                Item.bytes(service.name()),
                                Item.bytes(read.json())));
                        secretKeys.addAll(SecretBox.keyIdsIn(read.json()));
                    }
                    return file;
                })
                .mapEmpty();
    }
}
