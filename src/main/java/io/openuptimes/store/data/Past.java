package io.openuptimes.store.data;

import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By which everything that is kept of a service's past is found, also when the service is gone. What was found at each of
 * its locations is a past of its own.
 *
 * @param serviceId whose, or that of {@link Locations#idAt}
 * @param createdAt of the service, epoch milliseconds
 */
public record Past(String serviceId, long createdAt) {

    public static Past of(Service service) {
        return new Past(service.id(), service.createdAt());
    }

    private static Past of(Service service, String location) {
        return new Past(Locations.idAt(service.id(), location), service.createdAt());
    }

    /** Its own, and those of its locations. */
    public static List<Past> allOf(Service service) {
        List<Past> pasts = new ArrayList<>(1 + service.locations().size());
        pasts.add(of(service));
        service.locations().forEach(location -> pasts.add(of(service, location)));
        return pasts;
    }

    /** Those of locations that it does not have any more. */
    public static List<Past> left(@Nullable Service before, Service now) {
        return before == null || before.locations().isEmpty()
                ? List.of()
                : before.locations().stream()
                        .filter(location -> !now.locations().contains(location))
                        .map(location -> of(before, location))
                        .toList();
    }

    /**
     * @param text as {@link #encode} made it
     * @throws IllegalArgumentException if it did not
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

    /** No result is older than its service; a day's grace for clocks that were set back. */
    public long firstDay() {
        return Keys.day(createdAt) - 1;
    }
}
