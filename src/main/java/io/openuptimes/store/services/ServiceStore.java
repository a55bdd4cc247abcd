package io.openuptimes.store.services;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.ServiceRef;
import io.openuptimes.model.HiddenValues;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Locations;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceNaming;
import io.openuptimes.model.ServiceParser;
import io.openuptimes.model.ServicePatch;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads single services. {@link ServiceChanges} changes them, {@link DeletedServices} deletes them,
 * {@link ServiceLoader} loads all of them.
 */
public final class ServiceStore {

    private static final Logger log = LoggerFactory.getLogger(ServiceStore.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Link link;
    private final ServiceCodec codec;

    public ServiceStore(Link link, ServiceCodec codec) {
        this.link = link;
        this.codec = codec;
    }

    /** Encodes and decodes the stored services. */
    ServiceCodec codec() {
        return codec;
    }

    /** A script call for services of a partition; the caller adds the remaining arguments. */
    static Request call(Script script, int partition, String mark) {
        return script.call(3)
                .arg(Keys.services(partition))
                .arg(Keys.status(partition))
                .arg(Keys.closed(partition))
                .arg(mark);
    }

    /** A change of a service; {@code before} is null if the service is new. */
    public record Change(@Nullable Service before, Service now) {

        public boolean renames() {
            return before != null && !before.name().equals(now.name());
        }

        /** Whether the URL changes. */
        public boolean moves() {
            return before != null && !before.url().equals(now.url());
        }

        /** Whether the service becomes invisible to callers who do not see hidden services. */
        public boolean hides() {
            return before != null && before.visible() && !now.visible();
        }
    }

    /** Declared services can be changed only through the services file. */
    static void refuseDeclared(Service service) {
        if (service.declared()) {
            throw new Refused(Failures.CONFLICT, "The service " + BulkPlan.DECLARED);
        }
    }

    /** Refuses the change if the caller requires a version other than the current one. */
    static void refuseChanged(Service service, Set<String> tags) {
        if (!tags.isEmpty() && !tags.contains("*") && !tags.contains(ServiceTag.of(service))) {
            throw new Refused(Failures.CHANGED, "If-Match: the service has been changed since; read it again");
        }
    }

    static ServiceStatus status(String id, byte @Nullable [] packed) {
        if (packed != null) {
            try {
                return StatusCodec.decode(id, packed);
            } catch (IllegalArgumentException e) {
                log.error("the status of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
            }
        }
        return ServiceStatus.unchecked(id);
    }

    /**
     * A copy of a service with some fields changed.
     *
     * @throws Refused {@link Failures#INVALID} if a field is not valid
     */
    static Service patched(Service old, Map<String, Object> fields) {
        return replaced(old, ServicePatch.merged(old, fields));
    }

    /**
     * The service that replaces another one.
     *
     * @throws Refused {@link Failures#INVALID} if a field is not valid
     */
    static Service replaced(Service old, Map<String, Object> fields) {
        return parsed(old, () -> new ServiceParser(fields).replacing(old));
    }

    /** A new service; throws like {@link #replaced}. */
    static Service created(Map<String, Object> fields, long createdAt) {
        return parsed(null, () -> new ServiceParser(fields).parse(newId(), createdAt, false));
    }

    private interface Parsing {
        Service parse() throws InvalidInputException;
    }

    private static Service parsed(@Nullable Service old, Parsing parsing) {
        try {
            return ServiceNaming.checked(HiddenValues.restore(parsing.parse(), old), old);
        } catch (InvalidInputException e) {
            throw Refused.invalid(e.what());
        }
    }

    /**
     * A service as it was read.
     *
     * @param json the exact bytes
     */
    record Stored(Service service, Buffer json) {}

    /**
     * @return fails with {@link Failures#NOT_FOUND}
     */
    Future<Service> find(ServiceRef which) {
        return findStored(which).map(Stored::service);
    }

    /** Fails with {@link Failures#NOT_FOUND}. */
    Future<Stored> findStored(ServiceRef which) {
        return (switch (which.by()) {
                    case ID -> readStored(which.text());
                    case NAME -> readNamed(which.text());
                })
                .compose(stored -> stored != null
                        ? Future.succeededFuture(stored)
                        : Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found")));
    }

    /** A name may remain for a moment after its service was renamed or deleted. */
    private Future<@Nullable Stored> readNamed(String name) {
        return link.send(Request.cmd(Command.HGET).arg(Keys.NAMES).arg(name))
                .compose(id -> id == null ? Future.succeededFuture() : readStored(id.toString()))
                .map(stored -> stored != null && stored.service().name().equals(name) ? stored : null);
    }

    public Future<@Nullable Service> read(String id) {
        return readStored(id).map(stored -> stored == null ? null : stored.service());
    }

    private Future<@Nullable Stored> readStored(String id) {
        return link.send(Request.cmd(Command.HGET)
                        .arg(Keys.services(Keys.partition(id)))
                        .arg(id))
                .map(json -> {
                    Service service = json == null ? null : codec.decode(id, json.toBytes());
                    return json == null || service == null ? null : new Stored(service, json.toBuffer());
                });
    }

    /**
     * A service with its stored status.
     *
     * @param located statuses at the locations where it has been checked
     */
    public record Kept(Service service, ServiceStatus status, List<ServiceStatus> located) {}

    /** The existing ones among these services, by id. */
    public Future<Map<String, Kept>> read(Set<String> ids) {
        List<String> wanted = List.copyOf(ids);
        List<Request> reads = new ArrayList<>();
        for (String id : wanted) {
            int partition = Keys.partition(id);
            reads.add(Request.cmd(Command.HGET).arg(Keys.services(partition)).arg(id));
            reads.add(Request.cmd(Command.HGET).arg(Keys.status(partition)).arg(id));
        }
        return link.batch(reads).compose(answers -> {
            Map<String, Kept> kept = new HashMap<>();
            for (int i = 0; i < wanted.size(); i++) {
                String id = wanted.get(i);
                Response json = answers.get(2 * i);
                Service service = json == null ? null : codec.decode(id, json.toBytes());
                if (service != null) {
                    Response packed = answers.get(2 * i + 1);
                    kept.put(id, new Kept(service, status(id, packed == null ? null : packed.toBytes()), List.of()));
                }
            }
            return withLocated(kept);
        });
    }

    private Future<Map<String, Kept>> withLocated(Map<String, Kept> kept) {
        List<Kept> some = kept.values().stream()
                .filter(one -> !one.service().locations().isEmpty())
                .toList();
        List<Request> reads = some.stream()
                .map(Kept::service)
                .map(service -> {
                    Request read = Request.cmd(Command.HMGET).arg(Keys.status(Keys.partition(service.id())));
                    service.locations().forEach(location -> read.arg(Locations.idAt(service.id(), location)));
                    return read;
                })
                .toList();
        return link.batch(reads).map(answers -> {
            for (int i = 0; i < some.size(); i++) {
                Kept one = some.get(i);
                String id = one.service().id();
                kept.put(id, new Kept(one.service(), one.status(), located(one.service(), answers.get(i))));
            }
            return kept;
        });
    }

    private static List<ServiceStatus> located(Service service, @Nullable Response answer) {
        List<ServiceStatus> located = new ArrayList<>();
        for (int i = 0; i < service.locations().size(); i++) {
            Response packed = answer == null ? null : answer.get(i);
            if (packed != null) {
                String id = Locations.idAt(service.id(), service.locations().get(i));
                located.add(status(id, packed.toBytes()));
            }
        }
        return List.copyOf(located);
    }

    /** 128 random bits: practically unique, and short enough for a key. */
    static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
