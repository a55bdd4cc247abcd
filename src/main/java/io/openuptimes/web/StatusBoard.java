package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All services and what is known of them now, in memory: what polls are answered from.
 *
 * <p>Belongs to one event loop. It is fed with what the store holds and, from then on, with what the store publishes.
 */
public final class StatusBoard {

    private final Map<String, BoardEntry> byId = new HashMap<>();
    private final TreeMap<String, BoardEntry> byName = new TreeMap<>(ByName.INSTANCE);
    private final StatusPage all;
    private final StatusPage visible;
    private boolean loaded;
    private boolean storeReachable;
    private @Nullable EventId upTo;
    private long version;
    private long urgentVersion;
    private @Nullable List<BoardEntry> ordered;
    private @Nullable Buffer services;

    public StatusBoard() {
        this(System::nanoTime);
    }

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    StatusBoard(LongSupplier nanoTime) {
        all = new StatusPage(true, nanoTime);
        visible = new StatusPage(false, nanoTime);
    }

    /** Replaces everything. A service without a status counts as not checked yet. */
    public void load(Collection<Service> services, Collection<ServiceStatus> statuses) {
        Map<String, ServiceStatus> known =
                statuses.stream().collect(Collectors.toMap(ServiceStatus::serviceId, status -> status, (a, b) -> b));
        byId.clear();
        byName.clear();
        for (Service service : services) {
            ServiceStatus status = known.get(service.id());
            add(new BoardEntry(service, status == null ? ServiceStatus.unchecked(service.id()) : status));
        }
        loaded = true;
        configurationChanged();
    }

    /**
     * Whether the services and their states are those of an earlier load, however often they have been checked since.
     *
     * @param before its entries, not fed any more
     */
    boolean isAsBefore(List<BoardEntry> before) {
        return before.size() == byId.size()
                && before.stream().allMatch(old -> {
                    BoardEntry entry = byId.get(old.service().id());
                    return entry != null
                            && entry.service().equals(old.service())
                            && entry.status().status() == old.status().status()
                            && entry.status().since() == old.status().since();
                });
    }

    /** A service is new or has changed. */
    public void save(Service service) {
        BoardEntry entry = byId.get(service.id());
        if (entry == null) {
            add(new BoardEntry(service, ServiceStatus.unchecked(service.id())));
        } else if (!entry.service().equals(service)) {
            byName.remove(entry.service().name(), entry);
            entry.service(service);
            add(entry);
        } else {
            return;
        }
        configurationChanged();
    }

    /** A service is gone. */
    public void remove(String serviceId) {
        BoardEntry entry = byId.remove(serviceId);
        if (entry != null) {
            byName.remove(entry.service().name(), entry);
            configurationChanged();
        }
    }

    /** Checks have ended. A status that is not newer than the one on the board changes nothing. */
    public void update(Collection<ServiceStatus> statuses) {
        for (ServiceStatus status : statuses) {
            BoardEntry entry = byId.get(status.serviceId());
            if (entry != null && status.lastChecked() > entry.status().lastChecked()) {
                entry.status(status);
                version++;
            }
        }
    }

    /** Whoever asks next sees every change there has been. */
    public void showAtOnce() {
        urgentVersion = version;
    }

    private void add(BoardEntry entry) {
        byId.put(entry.service().id(), entry);
        byName.put(entry.service().name(), entry);
    }

    private void configurationChanged() {
        version++;
        urgentVersion = version;
        ordered = null;
        services = null;
    }

    /** What the store said last of itself. */
    public boolean isStoreReachable() {
        return storeReachable;
    }

    public void storeReachable(boolean reachable) {
        storeReachable = reachable;
    }

    /** What was published up to here is on the board; null until the store was read once. */
    public @Nullable EventId upTo() {
        return upTo;
    }

    /** Says up to where the board is; it never goes back within a run. */
    public void upTo(EventId id) {
        EventId known = upTo;
        if (known == null || !known.run().equals(id.run()) || known.number() < id.number()) {
            upTo = id;
        }
    }

    /** Grows with every change. */
    long version() {
        return version;
    }

    /** Whether there is anything to answer from: false until the store was read once. */
    public boolean isLoaded() {
        return loaded;
    }

    @Nullable
    BoardEntry findById(String id) {
        return byId.get(id);
    }

    @Nullable
    BoardEntry find(String name) {
        return byName.get(name);
    }

    /** In the order of their names. */
    List<BoardEntry> entries() {
        List<BoardEntry> made = ordered;
        if (made == null) {
            made = List.copyOf(byName.values());
            ordered = made;
        }
        return made;
    }

    /** {@code GET /api/status} for those who see hidden services, or for those who do not. */
    Rendering status(boolean withHidden) {
        return (withHidden ? all : visible).current(entries(), version, urgentVersion);
    }

    /** {@code GET /api/services}; shared, not to be changed. */
    Buffer services() {
        Buffer made = services;
        if (made == null) {
            made = Buffer.buffer("{\"services\":[");
            String separator = "";
            for (BoardEntry entry : entries()) {
                made.appendString(separator)
                        .appendBuffer(new JsonObject(ServiceFields.toMap(entry.service())).toBuffer());
                separator = ",";
            }
            made.appendString("]}");
            services = made;
        }
        return made;
    }
}
