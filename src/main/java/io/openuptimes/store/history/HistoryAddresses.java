package io.openuptimes.store.history;

import static io.openuptimes.bus.Message.DONE;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.Uptimes;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Service;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.services.Forgetting;
import io.openuptimes.store.services.ServiceStore;
import io.vertx.core.Future;

/** The store's addresses for history: reading, summarizing, clearing and retention. */
public final class HistoryAddresses {

    private static final int MAX_WAITING_READS = 100;

    private final Bus bus;
    private final HistoryStore history;
    private final ResponseTimeReader responseTimes;
    private final Retention retention;
    private final ServiceStore services;
    private final Forgetting forgetting;
    private final Commits commits;

    /** For reads that may cover a service's whole history. */
    private final Turns longReads;

    /**
     * @param forgetting lists everything that has history
     * @param atOnce maximum number of concurrent long reads
     */
    public HistoryAddresses(
            Bus bus,
            HistoryStore history,
            ResponseTimeReader responseTimes,
            Retention retention,
            ServiceStore services,
            Forgetting forgetting,
            Commits commits,
            int atOnce) {
        this.bus = bus;
        this.history = history;
        this.responseTimes = responseTimes;
        this.retention = retention;
        this.services = services;
        this.forgetting = forgetting;
        this.commits = commits;
        this.longReads = new Turns(atOnce, MAX_WAITING_READS);
    }

    public Future<?> serve() {
        return Future.all(
                bus.serve(Addresses.READ_HISTORY, this::read),
                bus.serve(Addresses.READ_RESPONSE_TIMES, wanted -> found(wanted.serviceId())
                        .compose(service -> longReads.take(() -> responseTimes.read(service, wanted)))),
                bus.serve(Addresses.READ_UPTIMES, message -> history.uptimes(message.serviceIds())
                        .map(Uptimes::new)),
                bus.serve(
                        Addresses.CLEAR_HISTORY,
                        message -> forgetting.pasts().compose(history::clear).map(DONE)),
                bus.serve(
                        Addresses.GET_HISTORY_TTL,
                        message -> retention.refresh().map(fresh -> new HistoryTtl(retention.ttlSeconds()))),
                bus.serve(
                        Addresses.SET_HISTORY_TTL,
                        message -> commits.lasting(forgetting
                                .pasts()
                                .compose(pasts -> history.setTtl(message.seconds(), pasts))
                                .map(message))));
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
