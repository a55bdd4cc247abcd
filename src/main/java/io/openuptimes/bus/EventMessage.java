package io.openuptimes.bus;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the store tells everybody, after it is written. */
public sealed interface EventMessage extends Message {

    /**
     * Results have been written.
     *
     * @param statuses as they are now, of services, and of services at one location, by the id
     *     {@link io.openuptimes.model.Locations#idAt}
     * @param transitions those of the results that changed a service's status
     */
    record StatusChanged(List<ServiceStatus> statuses, List<Transition> transitions) implements EventMessage {}

    /**
     * Services show other certificates than before, or none any more.
     *
     * @param seen as they are now
     */
    record CertificatesChanged(List<SeenCertificate> seen) implements EventMessage {
        public CertificatesChanged {
            seen = List.copyOf(seen);
        }
    }

    /**
     * A service is new, changed or restored.
     *
     * @param service as it is now
     * @param before as it was; null if it was not there. The same as now if another node has changed it, and sees to
     *     its first check
     * @param status of a restored one, as it was when that was deleted; null otherwise, for a change leaves it alone
     */
    record ServiceSaved(
            Service service,
            @Nullable Service before,
            @Nullable ServiceStatus status) implements EventMessage {}

    record ServiceRemoved(String serviceId) implements EventMessage {}

    /**
     * Many services have changed in one step.
     *
     * @param saved those that are new or changed, as they are now
     * @param renamed those of them that had another name, maybe one that another has now
     * @param hiddenIds of those of them that everybody saw before, and now does not
     * @param removedIds of those that are gone
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
     * What happened, here or on another node, in the one order of all: after the messages above, which have no order
     * across nodes, have told of it.
     *
     * @param events never empty
     */
    record Events(List<Event> events) implements EventMessage {
        public Events {
            events = List.copyOf(events);
        }
    }

    /**
     * The store came into reach or went out of it, or what it holds may be different in a way that nothing else tells.
     * On coming into reach, whoever keeps a copy loads it anew.
     */
    record StoreReachable(boolean reachable) implements EventMessage {}

    /**
     * Where servers of the store are, those included that it does not talk to. Told whenever it hears of them.
     *
     * @param servers not resolved
     */
    record StoreServers(List<InetSocketAddress> servers) implements EventMessage {
        public StoreServers {
            servers = List.copyOf(servers);
        }
    }
}
