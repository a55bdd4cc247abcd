package io.openuptimes.web.events;

import io.openuptimes.model.Service;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Subscriptions of streams to every check of a service, by its ID or name. */
public final class EventSubscriptions {

    private record Wanted(Set<String> ids, Set<String> names) {}

    private final Map<String, Set<EventStream>> byId = new HashMap<>();
    private final Map<String, Set<EventStream>> byName = new HashMap<>();
    private final Map<EventStream, Wanted> wanted = new HashMap<>();

    void add(EventStream stream, Set<String> ids, Set<String> names) {
        if (!ids.isEmpty() || !names.isEmpty()) {
            wanted.put(stream, new Wanted(ids, names));
            ids.forEach(id ->
                    byId.computeIfAbsent(id, none -> new LinkedHashSet<>()).add(stream));
            names.forEach(name ->
                    byName.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(stream));
        }
    }

    void remove(EventStream stream) {
        Wanted was = wanted.remove(stream);
        if (was != null) {
            was.ids().forEach(id -> remove(byId, id, stream));
            was.names().forEach(name -> remove(byName, name, stream));
        }
    }

    private static void remove(Map<String, Set<EventStream>> from, String key, EventStream stream) {
        from.computeIfPresent(key, (same, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    Set<EventStream> of(Service service) {
        Set<EventStream> some = byId.getOrDefault(service.id(), Set.of());
        Set<EventStream> others = byName.getOrDefault(service.name(), Set.of());
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        Set<EventStream> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }
}
