package io.openuptimes.store.results;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Peer;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.CertificateCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates services have shown last. It remembers what is stored, so that a result whose certificate is the same
 * costs Redis nothing. What it remembers comes from loads, and from what this and other nodes write.
 */
public final class CertificateStore {

    /** In place of what is stored: that is to be written anew in any case. */
    private static final ServerCertificate UNSURE = new ServerCertificate(0, 0, 0, "", List.of(), "");

    private final Link link;
    private final SharedCertificates instances = new SharedCertificates();
    private Map<String, ServerCertificate> stored = new HashMap<>();

    public CertificateStore(Link link) {
        this.link = link;
    }

    public Future<?> listen(Bus bus) {
        return Future.all(
                bus.listen(Addresses.CERTIFICATES, event -> event.seen().forEach(this::remember)),
                bus.listen(Addresses.SERVICE_SAVED, event -> {
                    if (event.before() != null || event.status() != null) { // else it is new
                        doubt(event.service().id());
                    }
                }),
                bus.listen(Addresses.SERVICE_REMOVED, event -> stored.remove(event.serviceId())),
                bus.listen(Addresses.SERVICES_CHANGED, event -> {
                    event.saved().forEach(service -> doubt(service.id()));
                    event.removedIds().forEach(stored::remove);
                }));
    }

    /** Everything that is stored has been read. What boards may not know stays to be written, and so to be told. */
    public void loaded(List<Service> services, List<SeenCertificate> all) {
        Map<String, ServerCertificate> before = stored;
        stored = new HashMap<>(all.size() * 4 / 3 + 1);
        all.forEach(this::remember);
        for (Service service : services) {
            if (UNSURE.equals(before.get(service.id()))) {
                doubt(service.id());
            }
        }
    }

    private void remember(SeenCertificate seen) {
        if (seen.certificate() == null) {
            stored.remove(seen.serviceId());
        } else {
            stored.put(seen.serviceId(), seen.certificate());
        }
    }

    /** Boards drop the certificate of a service that is deleted or gets another URL, whichever node does it. */
    private void doubt(String serviceId) {
        stored.put(serviceId, UNSURE);
    }

    /**
     * What a result changes; null for nothing. One without a certificate leaves the earlier one, unless the service has
     * answered without TLS.
     */
    @Nullable
    SeenCertificate change(CheckResult result) {
        Peer peer = result.peer();
        if (peer == null) {
            return null;
        }
        ServerCertificate known = stored.get(result.serviceId());
        ServerCertificate seen = peer.certificate();
        if (seen == null) {
            boolean plain = peer.protocol() != null && peer.tlsVersion() == null;
            return plain && known != null ? new SeenCertificate(result.serviceId(), null) : null;
        }
        return seen.equals(known) ? null : new SeenCertificate(result.serviceId(), instances.shared(seen));
    }

    static Request write(SeenCertificate seen) {
        String id = seen.serviceId();
        String key = Keys.certificates(Keys.partition(id));
        ServerCertificate certificate = seen.certificate();
        return certificate == null
                ? Request.cmd(Command.HDEL).arg(key).arg(id)
                : Request.cmd(Command.HSET).arg(key).arg(id).arg(CertificateCodec.encode(certificate));
    }

    /** Removes those of some services. Where Redis is away just now, the next check of each replaces it. */
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
