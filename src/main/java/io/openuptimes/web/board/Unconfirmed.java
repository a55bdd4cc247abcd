package io.openuptimes.web.board;

import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The provisional changes of a board: at most one per service. The store usually confirms a change within 100 ms, so a
 * change is announced only after a second.
 */
final class Unconfirmed {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * @param from status before the change
     * @param since start of the new status, epoch milliseconds
     * @param judgedAt time of the verdict, as {@link System#nanoTime}
     */
    record Change(String serviceId, Status from, long since, long judgedAt) {}

    private final LongSupplier nanoTime;
    /** By service id, oldest first. */
    private final Map<String, Change> quiet = new LinkedHashMap<>();

    private final Map<String, Change> announced = new HashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    Unconfirmed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Adds a change of a service that has none. */
    void add(String serviceId, Status from, long since) {
        quiet.put(serviceId, new Change(serviceId, from, since, nanoTime.getAsLong()));
    }

    /** Removes and returns the oldest change that is due to be announced, and keeps it as announced. */
    @Nullable
    Change announceNext() {
        Iterator<Change> oldest = quiet.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        Change change = oldest.next();
        if (nanoTime.getAsLong() - change.judgedAt() < QUIET_NANOS) {
            return null;
        }
        oldest.remove();
        announced.put(change.serviceId(), change);
        return change;
    }

    /** Removes a service's change. Returns it if it was announced, otherwise null. */
    @Nullable
    Change end(String serviceId) {
        return quiet.remove(serviceId) == null ? announced.remove(serviceId) : null;
    }

    /** A copy: the announced changes. */
    List<Change> announced() {
        return List.copyOf(announced.values());
    }

    /** A copy: ids of all services with a change. */
    List<String> serviceIds() {
        List<String> ids = new ArrayList<>(quiet.keySet());
        ids.addAll(announced.keySet());
        return ids;
    }
}
