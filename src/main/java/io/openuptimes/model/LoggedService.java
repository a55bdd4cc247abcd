package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * A service as log lines name it: {@code Shop API (4f3a…)}, or {@code service 4f3a…} where the name is unknown. In one
 * line, without control characters, and without anything else of the service: its URL may hold a secret.
 *
 * @param name null if it is not known
 */
public record LoggedService(@Nullable String name, String id) {

    public static LoggedService of(Service service) {
        return new LoggedService(service.name(), service.id());
    }

    /** Where only the id is known. */
    public static LoggedService ofId(String id) {
        return new LoggedService(null, id);
    }

    @Override
    public String toString() {
        String shownId = Excerpt.ofName(id);
        return name == null ? "service " + shownId : Excerpt.ofName(name) + " (" + shownId + ")";
    }
}
