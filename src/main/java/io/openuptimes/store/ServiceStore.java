package io.openuptimes.store;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services: made, replaced and loaded; {@link DeletedServices} deletes them.
 *
 * <p>A service is written before it claims its name and is accepted once it has it, so that a crash in between leaves
 * no name without a service; a name whose holder is gone or has another name is free. Changes run one after the other.
 */
final class ServiceStore {

    private static final Logger log = LoggerFactory.getLogger(ServiceStore.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RedisLink link;
    private final Clock clock;
    private Future<?> lastChange = Future.succeededFuture();

    ServiceStore(RedisLink link, Clock clock) {
        this.link = link;
        this.clock = clock;
    }

    /**
     * @return fails with {@link Failures#INVALID} or {@link Failures#CONFLICT}
     */
    Future<Service> create(Map<String, Object> fields) {
        return inTurn(() -> {
            Service service = parse(fields, newId(), clock.millis());
            int partition = Keys.partition(service.id());
            return link.batch(List.of(
                            Request.cmd(Command.HSETNX)
                                    .arg(Keys.status(partition))
                                    .arg(service.id())
                                    .arg(StatusCodec.UNCHECKED),
                            put(service)))
                    .compose(written -> claim(service.name(), service.id()))
                    .compose(claimed -> claimed
                            ? Future.succeededFuture(service)
                            : remove(service.id()).compose(gone -> nameTaken()));
        });
    }

    /** What a change has made of a service. */
    record Change(Service before, Service now) {}

    /**
     * @return fails with {@link Failures#INVALID}, {@link Failures#NOT_FOUND} or {@link Failures#CONFLICT}
     */
    Future<Change> replace(String name, Map<String, Object> fields) {
        return change(name, old -> fields);
    }

    /**
     * Changes the fields that are given. What is stored is read in the same turn: no change in between is lost.
     *
     * @return fails as {@link #replace} does
     */
    Future<Change> patch(String name, Map<String, Object> fields) {
        return change(name, old -> {
            Map<String, Object> merged = ServiceFields.toMap(old);
            merged.putAll(fields);
            return merged;
        });
    }

    private Future<Change> change(String name, Function<Service, Map<String, Object>> fields) {
        return inTurn(() -> find(name).compose(old -> {
            Service service = parse(fields.apply(old), old.id(), old.createdAt());
            Change change = new Change(old, service);
            if (service.name().equals(name)) {
                return link.send(put(service)).map(change);
            }
            return claim(service.name(), service.id())
                    .compose(claimed -> claimed ? link.send(put(service)) : nameTaken())
                    .compose(written -> release(name, service.id()))
                    .map(change);
        }));
    }

    /** Everything that is stored; there is a status for each service. */
    record Stored(List<Service> services, List<ServiceStatus> statuses) {}

    Future<Stored> loadAll() {
        List<Request> reads = new ArrayList<>();
        reads.add(Request.cmd(Command.HGETALL).arg(Keys.NAMES));
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            reads.add(Request.cmd(Command.HGETALL).arg(Keys.services(partition)));
            reads.add(Request.cmd(Command.HGETALL).arg(Keys.status(partition)));
        }
        return link.batch(reads).map(ServiceStore::assemble);
    }

    private static Stored assemble(List<@Nullable Response> answers) {
        Map<String, String> names = hash(answers.get(0));
        List<Service> services = new ArrayList<>();
        List<ServiceStatus> statuses = new ArrayList<>();
        for (int i = 1; i < answers.size(); i += 2) {
            Map<String, String> packed = hash(answers.get(i + 1));
            hash(answers.get(i)).forEach((id, json) -> {
                Service service = decode(id, json);
                if (service != null && id.equals(names.get(service.name()))) {
                    services.add(service);
                    statuses.add(status(id, packed.get(id)));
                }
            });
        }
        return new Stored(List.copyOf(services), List.copyOf(statuses));
    }

    static ServiceStatus status(String id, @Nullable String packed) {
        if (packed != null) {
            try {
                return StatusCodec.decode(id, packed);
            } catch (IllegalArgumentException e) {
                log.error("status of service {} cannot be read: {}", id, e.getMessage());
            }
        }
        return ServiceStatus.unchecked(id);
    }

    private static Map<String, String> hash(@Nullable Response answer) {
        Map<String, String> fields = new HashMap<>();
        if (answer != null) {
            for (String field : answer.getKeys()) {
                fields.put(field, answer.get(field).toString());
            }
        }
        return fields;
    }

    static @Nullable Service decode(String id, String json) {
        try {
            JsonObject fields = new JsonObject(json);
            return ServiceFields.parse(fields.getMap(), id, fields.getLong("createdAt", 0L));
        } catch (InvalidInputException | RuntimeException e) {
            log.error("service {} cannot be read: {}", id, e.getMessage());
            return null;
        }
    }

    private static Service parse(Map<String, Object> fields, String id, long createdAt) {
        try {
            return ServiceFields.parse(fields, id, createdAt);
        } catch (InvalidInputException e) {
            throw new Refused(Failures.INVALID, String.valueOf(e.getMessage()));
        }
    }

    Future<Service> find(String name) {
        return link.send(Request.cmd(Command.HGET).arg(Keys.NAMES).arg(name))
                .compose(id -> id == null ? Future.succeededFuture() : read(id.toString()))
                .compose(service -> service != null && service.name().equals(name)
                        ? Future.succeededFuture(service)
                        : Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found")));
    }

    Future<@Nullable Service> read(String id) {
        return link.send(Request.cmd(Command.HGET)
                        .arg(Keys.services(Keys.partition(id)))
                        .arg(id))
                .map(json -> json == null ? null : decode(id, json.toString()));
    }

    private static Request put(Service service) {
        return Request.cmd(Command.HSET)
                .arg(Keys.services(Keys.partition(service.id())))
                .arg(service.id())
                .arg(new JsonObject(ServiceFields.toMap(service)).encode());
    }

    private Future<Void> remove(String id) {
        int partition = Keys.partition(id);
        return link.batch(List.of(
                        Request.cmd(Command.HDEL).arg(Keys.services(partition)).arg(id),
                        Request.cmd(Command.HDEL).arg(Keys.status(partition)).arg(id)))
                .mapEmpty();
    }

    /** Whether the service has that name now; it may have had it before. */
    Future<Boolean> claim(String name, String id) {
        return claim(name, id, "").compose(holder -> {
            if (holder.equals(id)) {
                return Future.succeededFuture(true);
            }
            return read(holder)
                    .compose(service -> service != null && service.name().equals(name)
                            ? Future.succeededFuture(false)
                            : claim(name, id, holder).map(id::equals));
        });
    }

    private Future<String> claim(String name, String id, String goneHolder) {
        return link.send(Script.CLAIM_NAME
                        .call(1)
                        .arg(Keys.NAMES)
                        .arg(name)
                        .arg(id)
                        .arg(goneHolder))
                .map(String::valueOf);
    }

    Future<Void> release(String name, String id) {
        return link.send(Script.RELEASE_NAME.call(1).arg(Keys.NAMES).arg(name).arg(id))
                .mapEmpty();
    }

    static <T> Future<T> nameTaken() {
        return Future.failedFuture(new Refused(Failures.CONFLICT, "A service of that name exists"));
    }

    /** Runs a change when those before it have ended. */
    <T> Future<T> inTurn(Supplier<Future<T>> change) {
        Future<T> turn = lastChange.transform(before -> {
            try {
                return change.get();
            } catch (Refused e) {
                return Future.failedFuture(e);
            }
        });
        lastChange = turn;
        return turn;
    }

    /** 128 random bits: as good as unique, and short enough for a key. */
    private static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
