package io.openuptimes.store;

import static io.openuptimes.bus.Message.DONE;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message.Done;
import io.openuptimes.bus.SiteMessage.CurrentLogo;
import io.openuptimes.bus.SiteMessage.CurrentSite;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.Pong;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ServiceDeleted;
import io.openuptimes.bus.StoreMessage.ServiceStored;
import io.openuptimes.bus.StoreMessage.StoreState;
import io.openuptimes.bus.StoreMessage.Uptimes;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that touches Redis: serves the store's addresses and publishes what has been written. */
public final class StoreVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(StoreVerticle.class);

    /** How soon a TTL that another node has set is noticed. */
    private static final long RETENTION_REFRESH_MS = 1_000;

    /** How soon what cannot be restored any more is gone from Redis. */
    private static final long FORGET_DELETED_MS = 2_000;

    /** Where past days are decoded: enough for many short reads, too few for long ones to take the machine. */
    private static final int HISTORY_THREADS = 2;

    private static final int MAX_WAITING_READS = 100;

    /** Redis that does not answer for so long counts as away for who asks for the state. */
    private static final long SILENT_S = 2;

    private final Settings.Store settings;
    private final RedisOptions redis;
    private final Clock clock;
    private final StoreMetrics metrics;
    private final EventSequence sequence = new EventSequence();

    /** For reads that may go through all that is kept of a service. */
    private final Turns longReads = new Turns(HISTORY_THREADS, MAX_WAITING_READS);

    // set in start()
    private Bus bus;
    private RedisLink writeLink;
    private RedisLink queryLink;
    private ResultWriter writer;
    private Retention retention;
    private HistoryStore history;
    private ResponseTimeReader responseTimes;
    private ServiceStore services;
    private DeletedServices deleted;
    private SiteStore site;

    /**
     * @param redis the server to use
     * @param clock tells the time of day
     */
    @SuppressWarnings("NullAway.Init")
    public StoreVerticle(Settings.Store settings, RedisOptions redis, Clock clock, MeterRegistry registry) {
        this.settings = settings;
        this.redis = redis;
        this.clock = clock;
        this.metrics = new StoreMetrics(registry);
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        // results have a connection of their own: a long read does not hold them up
        queryLink = new RedisLink(vertx, "store", redis, this::reachable, this::unreachable);
        writeLink = new RedisLink(vertx, "result writer", redis, () -> writer.flush(), () -> {});
        retention = new Retention(queryLink, clock);
        // a vertx.close() ends it, and so does the verticle's end
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("history", HISTORY_THREADS);
        history = new HistoryStore(queryLink, retention, clock, workers);
        responseTimes = new ResponseTimeReader(queryLink, retention, clock, workers);
        services = new ServiceStore(queryLink, clock);
        deleted = new DeletedServices(queryLink, services, history, clock);
        site = new SiteStore(queryLink);
        writer = new ResultWriter(
                vertx, writeLink, retention, metrics, settings.queue(), settings.batch(), this::published);
        return Future.all(
                        serveResults(),
                        serveServices(),
                        serveHistory(),
                        new AccessAddresses(bus, new AccessStore(queryLink, clock)).serve(),
                        serveSite())
                .onSuccess(served -> {
                    queryLink.open();
                    writeLink.open();
                    refreshRetention();
                    forgetDeleted();
                });
    }

    private Future<?> serveResults() {
        return Future.all(
                bus.serve(Addresses.RECORD, message -> writer.addAndWait(message.result())
                        .map(DONE)),
                bus.serve(Addresses.RECORD_ALL, message -> {
                    message.results().forEach(writer::add);
                    return Future.succeededFuture(DONE);
                }),
                bus.serve(Addresses.STORE_STATE, message -> state()),
                bus.serve(Addresses.PING, message -> queryLink
                        .send(Request.cmd(Command.PING))
                        .map(answer -> new Pong(answer == null ? null : answer.toString()))));
    }

    private Future<StoreState> state() {
        long start = System.nanoTime();
        return queryLink
                .send(Request.cmd(Command.PING))
                .timeout(SILENT_S, TimeUnit.SECONDS)
                .transform(pong -> {
                    Long latency = pong.succeeded() ? System.nanoTime() - start : null;
                    return Future.succeededFuture(new StoreState(latency, writer.queued(), metrics.dropped()));
                });
    }

    private Future<?> serveServices() {
        return Future.all(
                bus.serve(Addresses.LOAD_ALL, message -> loadAll()),
                bus.serve(Addresses.CREATE_SERVICE, message -> services.create(message.fields())
                        .map(service -> saved(service, null, null))),
                bus.serve(Addresses.REPLACE_SERVICE, message -> services.replace(message.name(), message.fields())
                        .map(change -> saved(change.now(), change.before(), null))),
                bus.serve(Addresses.PATCH_SERVICE, message -> services.patch(message.name(), message.fields())
                        .map(change -> saved(change.now(), change.before(), null))),
                bus.serve(Addresses.DELETE_SERVICE, message -> deleted.delete(message.name())
                        .map(this::removed)),
                bus.serve(Addresses.RESTORE_SERVICE, message -> deleted.restore(message.serviceId())
                        .map(back -> saved(back.service(), null, back.status()))));
    }

    private Future<?> serveHistory() {
        return Future.all(
                bus.serve(Addresses.READ_HISTORY, this::readHistory),
                bus.serve(Addresses.READ_RESPONSE_TIMES, wanted -> found(wanted.serviceId())
                        .compose(service -> longReads.take(() -> responseTimes.read(service, wanted)))),
                bus.serve(Addresses.READ_UPTIMES, message -> history.uptimes(message.serviceIds())
                        .map(Uptimes::new)),
                bus.serve(Addresses.CLEAR_HISTORY, this::clearHistory),
                bus.serve(
                        Addresses.GET_HISTORY_TTL,
                        message -> retention.refresh().map(fresh -> new HistoryTtl(retention.ttlSeconds()))),
                bus.serve(Addresses.SET_HISTORY_TTL, message -> deleted.pasts()
                        .compose(pasts -> history.setTtl(message.seconds(), pasts))
                        .map(message)));
    }

    private Future<?> serveSite() {
        return Future.all(
                bus.serve(Addresses.GET_SITE, message -> site.site().map(CurrentSite::new)),
                bus.serve(Addresses.CHANGE_SITE, message -> site.change(message).map(CurrentSite::new)),
                bus.serve(Addresses.GET_LOGO, message -> site.logo().map(CurrentLogo::new)));
    }

    private static Future<Done> done(Future<Void> work) {
        return work.map(DONE);
    }

    private ServiceStored saved(Service service, @Nullable Service before, @Nullable ServiceStatus status) {
        bus.publish(Addresses.SERVICE_SAVED, new ServiceSaved(service, before, status, sequence.next()));
        return new ServiceStored(service);
    }

    private Future<All> loadAll() {
        EventId upTo = sequence.current();
        return services.loadAll().map(stored -> new All(stored.services(), stored.statuses(), upTo));
    }

    private ServiceDeleted removed(ServiceDeleted gone) {
        bus.publish(Addresses.SERVICE_REMOVED, new ServiceRemoved(gone.serviceId(), sequence.next()));
        return gone;
    }

    private Future<History> readHistory(ReadHistory wanted) {
        return found(wanted.serviceId())
                .compose(service -> wanted.isNarrowed()
                        ? longReads.take(() -> history.read(service, wanted))
                        : history.read(service, wanted));
    }

    private Future<Service> found(String serviceId) {
        return services.read(serviceId)
                .compose(service -> service == null
                        ? Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found"))
                        : Future.succeededFuture(service));
    }

    private Future<Done> clearHistory(ClearHistory message) {
        return deleted.pasts().compose(pasts -> done(history.clear(pasts)));
    }

    private void published(ResultWriter.Written written) {
        for (Transition transition : written.transitions()) {
            log.info(
                    "service {} went from {} to {} ({}{})",
                    transition.serviceId(),
                    transition.from().word(),
                    transition.to().word(),
                    transition.cause().word(),
                    transition.error().isEmpty() ? "" : ": " + transition.error());
        }
        EventId id = written.transitions().isEmpty() ? sequence.current() : sequence.next();
        bus.publish(Addresses.STATUS_CHANGED, new StatusChanged(written.statuses(), written.transitions(), id));
    }

    private void reachable() {
        metrics.reachable(true);
        retention.refresh().onComplete(fresh -> bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(true)));
    }

    private void unreachable() {
        metrics.reachable(false);
        bus.publish(Addresses.STORE_REACHABLE, new StoreReachable(false));
    }

    private void refreshRetention() {
        vertx.setTimer(RETENTION_REFRESH_MS, timer -> retention.refresh().onComplete(fresh -> refreshRetention()));
    }

    private void forgetDeleted() {
        vertx.setTimer(FORGET_DELETED_MS, timer -> deleted.forget()
                .onFailure(StoreVerticle::notForgotten)
                .onComplete(forgotten -> forgetDeleted()));
    }

    private static void notForgotten(Throwable failure) {
        if (Failures.codeOf(failure) != Failures.STORE_UNREACHABLE) {
            log.warn("deleted services could not be forgotten: {}", failure.getMessage());
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public Future<?> stop() {
        return writer.drain()
                .transform(drained -> Future.join(writeLink.close(), queryLink.close()))
                .otherwiseEmpty();
    }
}
