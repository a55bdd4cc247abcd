package io.openuptimes.store.services;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.runtime.HeapNeed;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all services and their status, a few thousand at a time so that others' commands can run in between, and
 * decodes them on workers.
 *
 * <p>A service exists once it holds its name. Concurrent changes may or may not be included.
 */
public final class ServiceLoader {

    private static final Logger log = LoggerFactory.getLogger(ServiceLoader.class);

    /** Services per read that covers several partitions: about two megabytes. */
    private static final int SERVICES_A_READ = 4_000;
    /** Some are decoded while others arrive. */
    private static final int READS_AT_ONCE = 3;
    /** Services, statuses, certificates. */
    private static final int READS_A_PARTITION = 3;
    /** Names per command. */
    private static final int NAMES_A_COMMAND = 500;

    /** Beyond this many, groups and labels are unlikely to be shared by many services. */
    private static final int MAX_SHARED = 100_000;

    /**
     * Everything that is stored.
     *
     * @param statuses one per service, in the same order
     * @param located statuses of services at locations where they have been checked
     * @param certificates of services that have presented one
     */
    public record Stored(
            List<Service> services,
            List<ServiceStatus> statuses,
            List<ServiceStatus> located,
            List<SeenCertificate> certificates) {

        static final Stored NONE = new Stored(List.of(), List.of(), List.of(), List.of());

        Stored(int size) {
            this(new ArrayList<>(size), new ArrayList<>(size), new ArrayList<>(), new ArrayList<>());
        }

        /** All statuses: one per service, and those at locations. */
        public List<ServiceStatus> allStatuses() {
            if (located.isEmpty()) {
                return statuses;
            }
            List<ServiceStatus> all = new ArrayList<>(statuses.size() + located.size());
            all.addAll(statuses);
            all.addAll(located);
            return Collections.unmodifiableList(all);
        }
    }

    private final Throttle lines = Throttle.oncePer(Duration.ofMinutes(1));
    private final Link link;
    private final ServiceCodec codec;
    private final WorkerExecutor workers;
    private final SharedCertificates instances;

    /**
     * @param workers decode services
     * @param instances shared certificate instances
     */
    public ServiceLoader(Link link, ServiceCodec codec, WorkerExecutor workers, SharedCertificates instances) {
        this.link = link;
        this.codec = codec;
        this.workers = workers;
        this.instances = instances;
    }

    public Future<Stored> load() {
        return link.batch(sizes()).compose(answers -> {
            Refused tooMany = tooMany(count(answers), HeapNeed.limit());
            return tooMany == null ? new Load(reads(answers)).run() : Future.failedFuture(tooMany);
        });
    }

    /** Fails if this many additional services would not fit into the heap once they are loaded. */
    public Future<Void> roomFor(int more) {
        if (more <= 0) {
            return Future.succeededFuture();
        }
        return link.batch(sizes()).compose(answers -> {
            Refused tooMany = tooMany(count(answers) + more, HeapNeed.limit());
            return tooMany == null ? Future.succeededFuture() : Future.failedFuture(tooMany);
        });
    }

    private static List<Request> sizes() {
        List<Request> sizes = new ArrayList<>();
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            sizes.add(Request.cmd(Command.HLEN).arg(Keys.services(partition)));
        }
        return sizes;
    }

    private static long count(List<@Nullable Response> sizes) {
        return sizes.stream()
                .mapToLong(size -> size == null ? 0 : size.toLong())
                .sum();
    }

    /** Logs the heap size needed if there is less; returns a refusal if loading is hopeless, else null. */
    private @Nullable Refused tooMany(long services, long limit) {
        boolean hopeless = HeapNeed.isHopeless(services, limit);
        if (HeapNeed.of(services) > limit && lines.passes()) {
            log.error("{}{}", HeapNeed.says(services, limit), hopeless ? ". They are not loaded" : "");
        }
        return hopeless ? new Refused(Failures.STORE_UNREACHABLE, HeapNeed.says(services, limit)) : null;
    }

    /** Groups partitions into reads; skips empty ones. */
    private static List<List<Integer>> reads(List<@Nullable Response> sizes) {
        List<List<Integer>> reads = new ArrayList<>();
        List<Integer> read = new ArrayList<>();
        long services = 0;
        for (int partition = 0; partition < sizes.size(); partition++) {
            Response answer = sizes.get(partition);
            long size = answer == null ? 0 : answer.toLong();
            if (services + size > SERVICES_A_READ && !read.isEmpty()) {
                reads.add(read);
                read = new ArrayList<>();
                services = 0;
            }
            if (size > 0) {
                read.add(partition);
                services += size;
            }
        }
        if (!read.isEmpty()) {
            reads.add(read);
        }
        return reads;
    }

    private final class Load {

        private final List<List<Integer>> reads;
        private final List<Part> parts;
        private final Map<String, String> shared = new ConcurrentHashMap<>();
        private int next;

        Load(List<List<Integer>> reads) {
            this.reads = reads;
            this.parts = new ArrayList<>(Collections.nCopies(reads.size(), Part.NONE));
        }

        Future<Stored> run() {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READS_AT_ONCE; i++) {
                readers.add(readOn());
            }
            return Future.all(readers).compose(read -> workers.executeBlocking(this::together, false));
        }

        private Future<?> readOn() {
            if (next >= reads.size()) {
                return Future.succeededFuture();
            }
            int index = next++;
            return read(reads.get(index))
                    .onSuccess(part -> parts.set(index, part))
                    .compose(done -> readOn());
        }

        private Future<Part> read(List<Integer> partitions) {
            List<Request> commands = new ArrayList<>();
            for (int partition : partitions) {
                commands.add(Request.cmd(Command.HGETALL).arg(Keys.services(partition)));
                commands.add(Request.cmd(Command.HGETALL).arg(Keys.status(partition)));
                commands.add(Request.cmd(Command.HGETALL).arg(Keys.certificates(partition)));
            }
            return link.batch(commands)
                    .compose(answers -> workers.executeBlocking(() -> decode(answers), false))
                    .compose(stored ->
                            link.batch(askForNames(stored.services())).map(holders -> new Part(stored, holders)));
        }

        private Stored decode(List<@Nullable Response> answers) {
            Stored stored = new Stored(SERVICES_A_READ);
            for (int i = 0; i < answers.size(); i += READS_A_PARTITION) {
                Response partition = answers.get(i);
                Response packed = answers.get(i + 1);
                Response certificates = answers.get(i + 2);
                if (partition == null) {
                    continue;
                }
                for (String id : partition.getKeys()) {
                    Response json = partition.get(id);
                    Service service = json == null ? null : codec.decode(id, json.toBytes(), this::shared);
                    if (service != null) {
                        Response status = packed == null ? null : packed.get(id);
                        stored.services().add(service);
                        stored.statuses().add(ServiceStore.status(id, status == null ? null : status.toBytes()));
                        addLocated(service, packed, stored.located());
                        addCertificate(service, certificates, stored.certificates());
                    }
                }
            }
            return stored;
        }

        private void addLocated(Service service, @Nullable Response packed, List<ServiceStatus> located) {
            for (String location : service.locations()) {
                String id = Locations.idAt(service.id(), location);
                Response status = packed == null ? null : packed.get(id);
                if (status != null) {
                    located.add(ServiceStore.status(id, status.toBytes()));
                }
            }
        }

        private void addCertificate(Service service, @Nullable Response packed, List<SeenCertificate> certificates) {
            Response stored = packed == null ? null : packed.get(service.id());
            SeenCertificate seen = stored == null ? null : instances.read(service.id(), stored.toBytes());
            if (seen != null
                    && seen.isOf(service)) { // otherwise left by an older node or a late check before the URL changed
                certificates.add(seen);
            }
        }

        private String shared(String text) {
            String known = shared.get(text);
            if (known != null || shared.size() >= MAX_SHARED) {
                return known != null ? known : text;
            }
            String other = shared.putIfAbsent(text, text);
            return other != null ? other : text;
        }

        private Stored together() {
            int size = parts.stream()
                    .mapToInt(part -> part.stored().services().size())
                    .sum();
            Stored all = new Stored(size);
            parts.forEach(part -> part.addTo(all));
            return new Stored(
                    List.copyOf(all.services()),
                    List.copyOf(all.statuses()),
                    List.copyOf(all.located()),
                    List.copyOf(all.certificates()));
        }
    }

    private static List<Request> askForNames(List<Service> services) {
        List<Request> commands = new ArrayList<>();
        for (int from = 0; from < services.size(); from += NAMES_A_COMMAND) {
            Request command = Request.cmd(Command.HMGET).arg(Keys.NAMES);
            services.subList(from, Math.min(services.size(), from + NAMES_A_COMMAND))
                    .forEach(service -> command.arg(service.name()));
            commands.add(command);
        }
        return commands;
    }

    /**
     * The result of one read.
     *
     * @param holders ids that hold the services' names
     */
    private record Part(Stored stored, List<@Nullable Response> holders) {

        static final Part NONE = new Part(Stored.NONE, List.of());

        /** Adds the services that hold their name. */
        void addTo(Stored all) {
            Set<String> added = new HashSet<>();
            for (int i = 0; i < stored.services().size(); i++) {
                Response answer = holders.get(i / NAMES_A_COMMAND);
                Response holder = answer == null ? null : answer.get(i % NAMES_A_COMMAND);
                Service service = stored.services().get(i);
                if (holder != null && service.id().equals(holder.toString())) {
                    all.services().add(service);
                    all.statuses().add(stored.statuses().get(i));
                    added.add(service.id());
                }
            }
            stored.located().stream()
                    .filter(status -> added.contains(Locations.serviceId(status.serviceId())))
                    .forEach(all.located()::add);
            stored.certificates().stream()
                    .filter(seen -> added.contains(seen.serviceId()))
                    .forEach(all.certificates()::add);
        }
    }
}
