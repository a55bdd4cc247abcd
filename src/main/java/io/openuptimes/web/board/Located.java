package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.web.http.JsonText;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The states at each of a service's locations, in the service's order. Immutable. */
final class Located {

    private final List<String> locations;
    private final ServiceStatus[] statuses;
    private final boolean[] stale;

    private Located(List<String> locations, ServiceStatus[] statuses, boolean[] stale) {
        this.locations = locations;
        this.statuses = statuses;
        this.stale = stale;
    }

    /**
     * @param known the status at a location; null if it is not checked yet
     * @return null for a service without locations
     */
    static @Nullable Located of(Service service, Function<String, @Nullable ServiceStatus> known) {
        if (service.locations().isEmpty()) {
            return null;
        }
        ServiceStatus[] statuses = new ServiceStatus[service.locations().size()];
        for (int i = 0; i < statuses.length; i++) {
            ServiceStatus status = known.apply(service.locations().get(i));
            statuses[i] = status == null ? ServiceStatus.unchecked(service.id()) : status;
        }
        return new Located(service.locations(), statuses, new boolean[statuses.length]);
    }

    /** Returns null if the location is unknown or not checked yet. */
    @Nullable
    ServiceStatus find(String location) {
        int index = locations.indexOf(location);
        return index < 0 || statuses[index].lastChecked() == 0 ? null : statuses[index];
    }

    /** Replaces the status at a location; returns this if it is not newer or the location is unknown. */
    Located with(String location, ServiceStatus status) {
        int index = locations.indexOf(location);
        return index < 0 || status.lastChecked() <= statuses[index].lastChecked() ? this : replaced(index, status);
    }

    /**
     * Replaces a location's verdict with the stored status, even if that is older. Returns this instance if the
     * location has a later verdict.
     *
     * @param judgedAt epoch milliseconds
     */
    Located corrected(String location, ServiceStatus stored, long judgedAt) {
        int index = locations.indexOf(location);
        return index < 0 || statuses[index].lastChecked() > Math.max(judgedAt, stored.lastChecked())
                ? this
                : replaced(index, stored);
    }

    private Located replaced(int index, ServiceStatus status) {
        ServiceStatus[] changed = statuses.clone();
        boolean[] fresh = stale.clone();
        changed[index] = status;
        fresh[index] = false;
        return new Located(locations, changed, fresh);
    }

    /** Updates the stale marks; returns this if none changes. */
    Located at(long now, StaleRule rule, Service service) {
        boolean[] aged = new boolean[stale.length];
        boolean same = true;
        for (int i = 0; i < aged.length; i++) {
            aged[i] = now >= rule.staleFrom(service, statuses[i]);
            same &= aged[i] == stale[i];
        }
        return same ? this : new Located(locations, statuses, aged);
    }

    /** When the next status becomes stale, epoch milliseconds; {@link Long#MAX_VALUE} for never. */
    long staleFrom(StaleRule rule, Service service) {
        long from = Long.MAX_VALUE;
        for (int i = 0; i < statuses.length; i++) {
            if (!stale[i]) {
                from = Math.min(from, rule.staleFrom(service, statuses[i]));
            }
        }
        return from;
    }

    /** Appends a JSON array of all locations. */
    void append(StringBuilder json, Service service) {
        char before = '[';
        for (int i = 0; i < statuses.length; i++) {
            ServiceStatus status = statuses[i];
            Status shown = BoardEntry.shown(service, status);
            json.append(before).append("{\"location\":");
            JsonText.quote(json, locations.get(i));
            json.append(",\"status\":\"").append(shown.word());
            json.append("\",\"lastChecked\":");
            JsonText.orNull(json, status.lastChecked());
            json.append(",\"responseTime\":");
            if (status.lastChecked() == 0) {
                json.append("null");
            } else {
                json.append(status.responseTime());
            }
            BoardEntry.appendCause(json, shown, status);
            if (status.confirming()) {
                json.append(",\"confirming\":true");
            }
            if (stale[i]) {
                json.append(",\"stale\":true");
            }
            json.append('}');
            before = ',';
        }
        json.append(']');
    }
}
