package io.openuptimes.bus;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages that the store publishes after a write. */
public sealed interface EventMessage extends Message {

    Topic<Judged> JUDGED = new Topic<>("event.judged");
    Topic<Corrected> CORRECTED = new Topic<>("event.corrected");
    Topic<StatusChanged> STATUS_CHANGED = new Topic<>("event.status");
    Topic<CertificatesChanged> CERTIFICATES = new Topic<>("event.certificates");
    Topic<ServiceSaved> SERVICE_SAVED = new Topic<>("event.service.saved");
    Topic<ServiceRemoved> SERVICE_REMOVED = new Topic<>("event.service.removed");
    Topic<ServicesChanged> SERVICES_CHANGED = new Topic<>("event.services.changed");
    Topic<Events> EVENTS = new Topic<>("event.all");
    Topic<StoreReachable> STORE_REACHABLE = new Topic<>("event.store");
    Topic<Reload> RELOAD = new Topic<>("event.reload");
    Topic<StoreServers> STORE_SERVERS = new Topic<>("event.store.servers");

    /**
     * Results have been stored that no {@link Judged} of this process announced: those of other nodes, and those
     * adopted by services with locations.
     *
     * @param statuses current statuses of services, and of services at one location under the id
     *     {@link io.openuptimes.model.Locations#idAt}
     */
    record StatusChanged(List<ServiceStatus> statuses) implements EventMessage {}

    /**
     * This node has judged results of its checks, which may not be stored yet.
     *
     * @param statuses of services that this node checks, and of services at its location under the id
     *     {@link io.openuptimes.model.Locations#idAt}
     * @param confirming of services whose checks are being repeated, or no longer are; applied before the statuses
     */
    record Judged(List<ServiceStatus> statuses, List<Confirming> confirming) implements EventMessage {

        public Judged(List<ServiceStatus> statuses) {
            this(statuses, List.of());
        }
    }

    /**
     * Whether a failed attempt of a service's check is being repeated before it counts.
     *
     * @param now false if the check has ended without a result
     */
    record Confirming(String serviceId, boolean now) {}

    /** Verdicts of a {@link Judged} were stored differently or not at all: the stored statuses replace them. */
    record Corrected(List<Correction> corrections) implements EventMessage {}

    /**
     * A stored status that replaces a verdict.
     *
     * @param stored may be older than the verdict
     * @param judgedAt time of the verdict's result, epoch milliseconds
     */
    record Correction(ServiceStatus stored, long judgedAt) {}

    /**
     * The certificates seen at services changed or disappeared.
     *
     * @param seen current certificates
     */
    record CertificatesChanged(List<SeenCertificate> seen) implements EventMessage {
        public CertificatesChanged {
            seen = List.copyOf(seen);
        }
    }

    /**
     * A service was created, changed or restored.
     *
     * @param service after the change
     * @param before the change; null if the service is new, or if another node made the change
     * @param status of a restored service at its deletion; otherwise null, because a change does not affect the status
     * @param elsewhere whether another node made the change and schedules the first check
     */
    record ServiceSaved(
            Service service,
            @Nullable Service before,
            @Nullable ServiceStatus status,
            boolean elsewhere) implements EventMessage {

        /** A change made by this node. */
        public ServiceSaved(Service service, @Nullable Service before, @Nullable ServiceStatus status) {
            this(service, before, status, false);
        }
    }

    record ServiceRemoved(String serviceId) implements EventMessage {}

    /**
     * Many services changed in one step.
     *
     * @param saved created and changed services, after the change
     * @param renamed those among them whose name changed; the old name may now belong to another service
     * @param hiddenIds of those that callers without a key could see before but not after
     * @param removedIds of deleted services
     */
    record ServicesChanged(List<Service> saved, List<Service> renamed, Set<String> hiddenIds, List<String> removedIds)
            implements EventMessage {

        public ServicesChanged {
            saved = List.copyOf(saved);
            renamed = List.copyOf(renamed);
            hiddenIds = Set.copyOf(hiddenIds);
            removedIds = List.copyOf(removedIds);
        }

        @Override
        public String toString() {
            return "ServicesChanged[" + saved.size() + " saved, " + removedIds.size() + " removed]";
        }
    }

    /**
     * Events of all nodes, in their total order. They follow the messages above, which have no order across nodes.
     *
     * @param events never empty
     */
    record Events(List<Event> events) implements EventMessage {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** The store became reachable or unreachable. A {@link Reload} follows when it becomes reachable. */
    record StoreReachable(boolean reachable) implements EventMessage {}

    /** The store may have changed in ways that no other message reports: every in-memory copy reloads everything. */
    record Reload() implements EventMessage {}

    /**
     * Addresses of the store's servers, including those that it does not use. Published whenever it learns of them.
     *
     * @param servers unresolved
     */
    record StoreServers(List<InetSocketAddress> servers) implements EventMessage {
        public StoreServers {
            servers = List.copyOf(servers);
        }
    }
}
