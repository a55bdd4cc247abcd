package io.openuptimes.store;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.ServiceDeleted;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deleting and restoring services, and forgetting for good.
 *
 * <p>What is deleted is gone at once but for a record of the service and its status, and its history. Whether it comes
 * back is decided in its partition, in one step: who restores it takes the record, who forgets it removes the record
 * unless the service is there. The list of what is to be forgotten only says where to look; it is written first and
 * cleared last, so that nothing is left behind by a crash in between.
 */
final class DeletedServices {

    private static final Logger log = LoggerFactory.getLogger(DeletedServices.class);

    /** How long a service can be restored. */
    static final long KEPT_MS = 30_000;
    /** The record goes then, also where nobody runs to forget it: secrets may be in it. */
    private static final long RECORD_TTL_MS = 300_000;

    private static final int FORGET_BATCH = 100;

    /** A service that is back, and its status as it was. */
    record Restored(Service service, ServiceStatus status) {}

    private final RedisLink link;
    private final ServiceStore services;
    private final HistoryStore history;
    private final Clock clock;

    /**
     * @param clock tells the time of day
     */
    DeletedServices(RedisLink link, ServiceStore services, HistoryStore history, Clock clock) {
        this.link = link;
        this.services = services;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Deletes the service of that name for everybody.
     *
     * @return fails with {@link Failures#NOT_FOUND}
     */
    Future<ServiceDeleted> delete(String name) {
        return services.inTurn(() -> services.find(name).compose(service -> {
            String id = service.id();
            int partition = Keys.partition(id);
            long until = clock.millis() + KEPT_MS;
            return link.send(Request.cmd(Command.ZADD)
                            .arg(Keys.DELETED)
                            .arg(until)
                            .arg(Past.of(service).encode()))
                    .compose(listed -> link.send(Script.DELETE_SERVICE
                            .call(3)
                            .arg(Keys.services(partition))
                            .arg(Keys.status(partition))
                            .arg(Keys.deleted(id))
                            .arg(id)
                            .arg(until)
                            .arg(RECORD_TTL_MS)))
                    .compose(deleted -> services.release(name, id))
                    .map(new ServiceDeleted(id, until));
        }));
    }

    /**
     * Brings a service back, with status and history as they were.
     *
     * @return fails with {@link Failures#NOT_FOUND} or, if its name is taken meanwhile, {@link Failures#CONFLICT}; then
     *     it can be tried again
     */
    Future<Restored> restore(String id) {
        return services.inTurn(() -> link.send(Request.cmd(Command.HMGET)
                        .arg(Keys.deleted(id))
                        .arg("service")
                        .arg("status")
                        .arg("until"))
                .compose(record -> {
                    String json = text(record, 0);
                    String until = text(record, 2);
                    Service service = json == null ? null : ServiceStore.decode(id, json);
                    if (service == null || until == null || Long.parseLong(until) <= clock.millis()) {
                        return nothingToRestore();
                    }
                    Restored restored = new Restored(service, ServiceStore.status(id, text(record, 1)));
                    return services.claim(service.name(), id)
                            .compose(claimed -> claimed ? putBack(restored) : ServiceStore.nameTaken());
                }));
    }

    private Future<Restored> putBack(Restored restored) {
        Service service = restored.service();
        int partition = Keys.partition(service.id());
        return link.send(Script.RESTORE_SERVICE
                        .call(3)
                        .arg(Keys.services(partition))
                        .arg(Keys.status(partition))
                        .arg(Keys.deleted(service.id()))
                        .arg(service.id())
                        .arg(StatusCodec.UNCHECKED))
                .compose(put -> put != null && put.toInteger() == 1
                        ? unlist(Past.of(service).encode()).map(restored)
                        : services.read(service.id()) // another node was faster, one way or the other
                                .compose(there -> there == null
                                        ? services.release(service.name(), service.id())
                                        : Future.<Void>succeededFuture())
                                .compose(released -> nothingToRestore()));
    }

    private static <T> Future<T> nothingToRestore() {
        return Future.failedFuture(
                new Refused(Failures.NOT_FOUND, "Nothing to restore: it is too late, or there was no such service"));
    }

    private static @Nullable String text(@Nullable Response fields, int index) {
        Response field = fields == null ? null : fields.get(index);
        return field == null ? null : field.toString();
    }

    /** Removes for good what cannot be restored any more. */
    Future<Void> forget() {
        return link.send(Request.cmd(Command.ZRANGE)
                        .arg(Keys.DELETED)
                        .arg("-inf")
                        .arg(clock.millis())
                        .arg("BYSCORE")
                        .arg("LIMIT")
                        .arg(0)
                        .arg(FORGET_BATCH))
                .compose(due -> {
                    List<String> members = texts(due);
                    Future<Void> forgotten = Future.succeededFuture();
                    for (String member : members) {
                        forgotten = forgotten.compose(before -> services.inTurn(() -> forget(member)));
                    }
                    return members.size() < FORGET_BATCH ? forgotten : forgotten.compose(some -> forget());
                });
    }

    private Future<Void> forget(String member) {
        Past past;
        try {
            past = Past.decode(member);
        } catch (IllegalArgumentException e) {
            log.error("what is listed as deleted cannot be read: {}", e.getMessage());
            return unlist(member);
        }
        return link.send(Script.FORGET_SERVICE
                        .call(2)
                        .arg(Keys.services(Keys.partition(past.serviceId())))
                        .arg(Keys.deleted(past.serviceId()))
                        .arg(past.serviceId()))
                .compose(gone ->
                        gone != null && gone.toInteger() == 1 ? history.remove(past) : Future.<Void>succeededFuture())
                .compose(removed -> unlist(member));
    }

    private Future<Void> unlist(String member) {
        return link.send(Request.cmd(Command.ZREM).arg(Keys.DELETED).arg(member))
                .mapEmpty();
    }

    /** Everything that has a past: the services that are there, and those that may be restored. */
    Future<List<Past>> pasts() {
        return services.inTurn(() -> services.loadAll().compose(all -> link.send(
                        Request.cmd(Command.ZRANGE).arg(Keys.DELETED).arg(0).arg(-1))
                .map(deleted -> {
                    List<Past> pasts = new ArrayList<>();
                    all.services().forEach(service -> pasts.add(Past.of(service)));
                    texts(deleted).forEach(member -> pasts.add(Past.decode(member)));
                    return pasts;
                })));
    }

    private static List<String> texts(@Nullable Response answer) {
        List<String> texts = new ArrayList<>();
        if (answer != null) {
            answer.forEach(text -> texts.add(text.toString()));
        }
        return texts;
    }
}
