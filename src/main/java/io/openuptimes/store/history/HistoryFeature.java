package io.openuptimes.store.history;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.Uptimes;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Past;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.services.ServiceStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** History: reading, summarizing, clearing and retention. */
public final class HistoryFeature implements Feature {

    private static final int MAX_WAITING_READS = 100;

    private final Bus bus;
    private final Link link;
    private final Commits commits;
    private final ServiceStore services;
    private final Supplier<Future<List<Past>>> pasts;
    private final Retention retention;
    private final UptimeReader uptimes;
    private final HistoryStore history;
    private final ResponseTimeReader responseTimes;

    /** For reads that may cover a service's whole history. */
    private final LongReads longReads = new LongReads(StoreContext.READ_THREADS, MAX_WAITING_READS);

    /**
     * @param pasts lists all services with history
     */
    public HistoryFeature(StoreContext store, ServiceStore services, Supplier<Future<List<Past>>> pasts) {
        this.bus = store.bus();
        this.link = store.link();
        this.commits = store.commits();
        this.services = services;
        this.pasts = pasts;
        this.retention = new Retention(link, commits, store.clock());
        this.uptimes = new UptimeReader(link, store.clock(), store.readers());
        this.history = new HistoryStore(link, retention, store.clock(), store.readers(), uptimes);
        this.responseTimes = new ResponseTimeReader(link, retention, store.clock(), store.readers());
    }

    /** How long history is kept, in seconds; 0 for unlimited. */
    public long ttlSeconds() {
        return retention.ttlSeconds();
    }

    /** Removes all stored history of a service for good. */
    public Future<Void> remove(Past past) {
        return history.remove(past);
    }

    @Override
    public Future<?> serve() {
        return Future.all(
                bus.serve(StoreMessage.READ_HISTORY, this::read),
                bus.serve(StoreMessage.READ_RESPONSE_TIMES, wanted -> found(wanted.serviceId())
                        .compose(service -> longReads.take(() -> responseTimes.read(service, wanted)))),
                bus.serve(StoreMessage.READ_UPTIMES, message -> uptimes.read(message)
                        .map(Uptimes::new)),
                bus.serve(
                        StoreMessage.CLEAR_HISTORY,
                        message -> pasts.get().compose(history::clear).map(DONE)),
                bus.serve(
                        StoreMessage.GET_HISTORY_TTL,
                        message -> retention.refresh().map(fresh -> new HistoryTtl(retention.ttlSeconds()))),
                bus.serve(
                        StoreMessage.SET_HISTORY_TTL,
                        message -> commits.lasting(pasts.get()
                                .compose(pasts -> history.setTtl(message.seconds(), pasts))
                                .map(message))));
    }

    /** Loads values that another node may have changed. */
    @Override
    public Future<?> reached() {
        return retention.refresh();
    }

    @Override
    public Future<?> upkeep() {
        if (link.isUp() && history.isClearing()) {
            history.finishClearing(pasts);
        }
        return retention.refresh();
    }

    private Future<History> read(ReadHistory wanted) {
        return found(wanted.serviceId())
                .compose(service -> wanted.isNarrowed()
                        ? longReads.take(() -> history.read(service, wanted))
                        : history.read(service, wanted));
    }

    private Future<Service> found(String id) {
        return services.read(Locations.serviceId(id))
                .compose(service -> service == null
                        ? Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found"))
                        : Future.succeededFuture(service));
    }
}
