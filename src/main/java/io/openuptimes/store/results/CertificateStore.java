package io.openuptimes.store.results;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Peer;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Each service's latest certificate. Remembers the stored certificates, so that a result with the same certificate
 * costs no Redis call. Learns it from loads and from the writes of this and other nodes.
 */
public final class CertificateStore {

    private final Link link;
    private final SharedCertificates instances;
    private final WorkerExecutor workers;
    private final Clock clock;
    private Map<String, KnownCertificate> stored = new HashMap<>();

    /** Services whose next certificate is always published, because boards have dropped the stored one. */
    private final Set<String> untold = new HashSet<>();

    /**
     * @param workers build the map of loaded certificates
     * @param clock tells the time of day
     */
    public CertificateStore(Link link, SharedCertificates instances, WorkerExecutor workers, Clock clock) {
        this.link = link;
        this.instances = instances;
        this.workers = workers;
        this.clock = clock;
    }

    public Future<?> listen(Bus bus) {
        return Future.all(
                bus.listen(EventMessage.CERTIFICATES, event -> event.seen().forEach(this::written)),
                bus.listen(EventMessage.SERVICE_SAVED, event -> {
                    if (event.status() != null) { // it was deleted, and is restored
                        drop(event.service().id());
                    } else {
                        moved(event.service());
                    }
                }),
                bus.listen(EventMessage.SERVICE_REMOVED, event -> forget(event.serviceId())),
                bus.listen(EventMessage.SERVICES_CHANGED, event -> {
                    event.saved().forEach(this::moved);
                    event.removedIds().forEach(this::forget);
                }));
    }

    /** Takes over everything loaded. What boards may not know is still due for writing, and thus for publishing. */
    public Future<Void> loaded(List<SeenCertificate> all) {
        long now = clock.millis();
        return workers.executeBlocking(
                        () -> {
                            Map<String, KnownCertificate> read = new HashMap<>(all.size() * 4 / 3 + 1);
                            all.forEach(seen -> remember(read, seen, now, false));
                            return read;
                        },
                        false)
                .onSuccess(read -> stored = read)
                .mapEmpty();
    }

    private void written(SeenCertificate seen) {
        untold.remove(seen.serviceId());
        remember(stored, seen, clock.millis(), true);
    }

    private static void remember(
            Map<String, KnownCertificate> known, SeenCertificate seen, long now, boolean elsewhere) {
        ServerCertificate certificate = seen.certificate();
        if (certificate == null) {
            known.remove(seen.serviceId());
        } else {
            known.put(seen.serviceId(), new KnownCertificate(seen, certificate, now, elsewhere));
        }
    }

    /** Boards drop a service's certificate when its URL changes on any node. */
    private void moved(Service service) {
        KnownCertificate known = stored.get(service.id());
        if (known != null && !known.isOf(service.urlHash())) {
            drop(service.id());
        }
    }

    private void drop(String serviceId) {
        stored.remove(serviceId);
        untold.add(serviceId);
    }

    private void forget(String serviceId) {
        stored.remove(serviceId);
        untold.remove(serviceId);
    }

    /**
     * The change that a result makes; null for none. A result without a certificate keeps the earlier one, unless the
     * service has answered without TLS.
     */
    @Nullable
    SeenCertificate change(CheckResult result) {
        Peer peer = result.peer();
        if (peer == null) {
            return null;
        }
        String id = result.serviceId();
        ServerCertificate seen = peer.certificate();
        boolean isUntold = untold.contains(id);
        KnownCertificate known = isUntold ? null : stored.get(id);
        if (seen == null) {
            boolean plain = peer.protocol() != null && peer.tlsVersion() == null;
            return plain && (known != null || isUntold) ? new SeenCertificate(id, result.urlHash(), null) : null;
        }
        boolean changes = known == null
                || !known.isOf(result.urlHash())
                || known.givesWay(seen, result.viewpoint() != null, result.timestamp());
        return changes ? new SeenCertificate(id, result.urlHash(), instances.shared(seen)) : null;
    }

    /** Removes services' certificates. If Redis is away, each service's next check replaces its certificate. */
    public Future<Void> remove(Collection<String> serviceIds) {
        Map<Integer, Request> requests = new TreeMap<>();
        for (String id : serviceIds) {
            int partition = Keys.partition(id);
            requests.computeIfAbsent(
                            partition, there -> Request.cmd(Command.HDEL).arg(Keys.certificates(there)))
                    .arg(id);
        }
        return link.batch(new ArrayList<>(requests.values())).otherwiseEmpty().mapEmpty();
    }
}
