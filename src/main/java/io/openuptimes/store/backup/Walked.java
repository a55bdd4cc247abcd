package io.openuptimes.store.backup;

import io.openuptimes.model.Locations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services in a backup being written, with the time of the last check that it contains for each. */
final class Walked {

    private final long startedAt;
    private final Map<String, Definition> services = new LinkedHashMap<>();
    private final Map<String, Long> lastChecked = new HashMap<>();

    /**
     * @param startedAt when the backup was started, epoch milliseconds
     */
    Walked(long startedAt) {
        this.startedAt = startedAt;
    }

    void add(Definition service) {
        services.put(service.id(), service);
    }

    Iterable<Definition> services() {
        return services.values();
    }

    int size() {
        return services.size();
    }

    /**
     * @param at epoch milliseconds
     */
    void read(String id, long at) {
        lastChecked.put(id, at);
    }

    /**
     * Whether the backup contains a transition: the service's status in it is from this time or later, or the service
     * was deleted before the backup was started.
     *
     * @param id of a service
     * @param at time of the transition, epoch milliseconds
     */
    boolean covers(String id, long at) {
        Long last = lastChecked.get(id);
        return last == null ? at < startedAt && !services.containsKey(Locations.serviceId(id)) : last >= at;
    }
}
