package io.openuptimes.store.backup;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The services in a backup being written, with the time of the last check that it contains for each. */
final class Walked {

    private final Map<String, Definition> services = new LinkedHashMap<>();
    private final Map<String, Long> lastChecked = new HashMap<>();

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

    /** Whether the service's status in the backup is from this time or later. */
    boolean isKnownAt(String id, long at) {
        Long last = lastChecked.get(id);
        return last != null && last >= at;
    }
}
