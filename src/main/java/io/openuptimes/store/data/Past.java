package io.openuptimes.store.data;

import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a service's stored history, even after the service is gone. The history at each of its locations is a
 * separate past.
 *
 * @param serviceId of the service, or the id of {@link Locations#idAt}
 * @param createdAt of the service, epoch milliseconds
 */
public record Past(String serviceId, long createdAt) {

    public static Past of(Service service) {
        return new Past(service.id(), service.createdAt());
    }

    private static Past of(Service service, String location) {
        return new Past(Locations.idAt(service.id(), location), service.createdAt());
    }

    /** The service's own past, and those of its locations. */
    public static List<Past> allOf(Service service) {
        List<Past> pasts = new ArrayList<>(1 + service.locations().size());
        pasts.add(of(service));
        service.locations().forEach(location -> pasts.add(of(service, location)));
        return pasts;
    }

    /** The pasts of locations that the service no longer has. */
    public static List<Past> left(@Nullable Service before, Service now) {
        return before == null || before.locations().isEmpty()
                ? List.of()
                : before.locations().stream()
                        .filter(location -> !now.locations().contains(location))
                        .map(location -> of(before, location))
                        .toList();
    }

    /**
     * @param text the result of {@link #encode}
     * @throws IllegalArgumentException if it is malformed
     */
    public static Past decode(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not of the form id:time");
        }
        return new Past(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    public String encode() {
        return serviceId + ":" + createdAt;
    }

    /** The day before the service's creation, in case clocks were set back; no result is older. */
    public long firstDay() {
        return Keys.day(createdAt) - 1;
    }
}
