package io.openuptimes.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.CheckMessage.Tried;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.NodeMessage.ConfirmShare;
import io.openuptimes.bus.NodeMessage.Held;
import io.openuptimes.bus.NodeMessage.JoinNodes;
import io.openuptimes.bus.NodeMessage.LeaveNodes;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.check.net.tls.Handshakes;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Partition;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.runtime.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the check loops to the event bus. Checks continue from memory while the store is away. */
public final class CheckVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(CheckVerticle.class);

    /** Minimum time between two checks of a service requested by keys of scope {@code read}, milliseconds. */
    public static final long PING_PACE_MS = 5_000;

    private static final long RETRY_LOAD_MS = 500;
    private static final long STOP_TIMEOUT_S = 5;
    /** Longer than Redis may take to answer. */
    private static final long CONFIRM_MS = 7_000;
    /** Larger than the clock difference between nodes. */
    private static final long WORTH_FOLLOWING_MS = 1_000;

    private final Settings.Checks settings;
    private final @Nullable String location;
    private final Probers probers;
    private final SteadyClock clock;
    private final long pingPace;
    private final CheckMetrics metrics;
    private final Permits permits;

    // set in start()
    private Bus bus;
    private CheckLoops loops;
    private Trials trials;

    /** Partitions that this node checks. */
    private final Set<Integer> held = new HashSet<>();

    private boolean loaded;
    private boolean stopped;

    /** With the default pace. */
    public CheckVerticle(
            Settings.Checks settings,
            @Nullable String location,
            Probers probers,
            SteadyClock clock,
            MeterRegistry registry) {
        this(settings, location, probers, clock, PING_PACE_MS, registry);
    }

    /**
     * @param location of this node; null for none
     * @param probers of all check types; closed with the verticle
     * @param clock time of day
     * @param pingPace replaces {@link #PING_PACE_MS}
     */
    @SuppressWarnings("NullAway.Init")
    public CheckVerticle(
            Settings.Checks settings,
            @Nullable String location,
            Probers probers,
            SteadyClock clock,
            long pingPace,
            MeterRegistry registry) {
        this.settings = settings;
        this.location = location;
        this.probers = probers;
        this.clock = clock;
        this.pingPace = pingPace;
        this.metrics = new CheckMetrics(registry);
        this.permits = new Permits(OpenFiles.maxInFlight(settings.maxInFlight()), settings.maxPerHost());
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        loops = new CheckLoops(
                vertx,
                new CheckLoop.Wiring(
                        settings.instances(),
                        settings.interval(),
                        location,
                        permits,
                        probers::probe,
                        clock,
                        metrics,
                        pingPace,
                        this::confirm));
        trials = new Trials(
                vertx,
                permits,
                probers::probe,
                clock::millis,
                task -> context.runOnContext(run -> task.run()),
                TryService.WAIT_MS);
        Rounds rounds = new Rounds(loops.parts(), task -> context.runOnContext(run -> task.run()));
        observe();
        return Future.all(List.of(
                        bus.listen(Addresses.SERVICE_SAVED, this::saved),
                        bus.listen(Addresses.SERVICE_REMOVED, this::removed),
                        bus.listen(Addresses.SERVICES_CHANGED, this::changedMany),
                        bus.listen(Addresses.HEALTH_STORED, message -> loops.healthStored(message.states())),
                        bus.listen(Addresses.RELOAD, event -> load()),
                        serveShare(),
                        bus.serve(
                                Addresses.CHECK_NOW,
                                wanted -> loaded ? rounds.check(wanted) : Future.failedFuture(Refused.unreachable())),
                        bus.serve(Addresses.TRY_SERVICE, message -> trials.run(message.service())
                                .map(Tried::new)),
                        bus.serve(Addresses.SCHEDULE_STATE, message -> loops.report()
                                .map(this::state)),
                        bus.serve(Addresses.SCHEDULE_REPORT, message -> loops.report()
                                .map(this::report))))
                .onSuccess(listening -> {
                    load();
                    loops.start();
                });
    }

    private void observe() {
        Network network = probers.network();
        ClientTls tls = network.tls();
        metrics.gauge("checks.in.flight", "Checks that run now", permits, Permits::running);
        metrics.counter(
                "checks.repeated",
                "Checks that were made again at once, as this machine had stood still during the first",
                network,
                Network::repeated);
        metrics.gauge("checks.waiting", "Checks that wait for others to end", permits, Permits::waiting);
        String handshakes = "TLS handshakes that succeeded, full ones and those that resumed a session; of trials, too";
        metrics.counter(
                "checks.tls.handshakes", Tags.of("resumed", "false"), handshakes, tls.handshakes(), Handshakes::full);
        metrics.counter(
                "checks.tls.handshakes", Tags.of("resumed", "true"), handshakes, tls.handshakes(), Handshakes::resumed);
        metrics.counter(
                "checks.tls.second.tries",
                "TLS handshakes that were tried once more, with the JDK's engine, because BoringSSL's had failed",
                tls,
                ClientTls::secondTries);
        metrics.counter(
                "checks.names.evicted",
                "Names whose addresses were forgotten before their TTL, as there were too many",
                network,
                Network::evictedNames);
    }

    private Future<?> serveShare() {
        return Future.all(
                bus.serve(Addresses.GET_HELD, message -> Future.succeededFuture(new Held(held))),
                bus.serve(Addresses.GAINED, message -> {
                    loops.gained(message);
                    message.leases().stream()
                            .filter(lease -> !Partition.isAtLocation(lease))
                            .forEach(held::add);
                    heldChanged();
                    return Future.succeededFuture(Message.DONE);
                }),
                bus.serve(Addresses.GIVE_UP, message -> {
                    noLongerHeld(List.of(message.lease()));
                    return loops.giveUp(message.lease()).map(Message.DONE);
                }),
                bus.serve(Addresses.LOST, message -> {
                    loops.lost(message.leases());
                    noLongerHeld(message.leases());
                    return Future.succeededFuture(Message.DONE);
                }));
    }

    private void noLongerHeld(List<Integer> leases) {
        leases.forEach(held::remove);
        heldChanged();
    }

    private void heldChanged() {
        bus.publish(Addresses.HELD, new Held(held));
    }

    /** Accepts leases once the services are loaded. */
    private void join() {
        bus.request(Addresses.JOIN_NODES, new JoinNodes()).onFailure(failure -> {
            if (!stopped) {
                vertx.setTimer(RETRY_LOAD_MS, again -> join());
            }
        });
    }

    /** Runs on this verticle's event loop, so that the check loops hear of lost leases first. */
    private Future<?> confirm() {
        Promise<Void> told = Promise.promise();
        context.runOnContext(run -> bus.request(Addresses.CONFIRM_SHARE, new ConfirmShare(), CONFIRM_MS)
                .onComplete(confirmed -> told.complete()));
        return told.future();
    }

    private void load() {
        loops.loadBegins();
        bus.request(Addresses.LOAD_ALL, new LoadAll())
                .compose(this::takeOver)
                .onComplete(taken -> loops.loadEnds(), failure -> {
                    loops.loadEnds();
                    if (!loaded && !stopped) {
                        vertx.setTimer(RETRY_LOAD_MS, again -> load());
                    }
                });
    }

    private Future<Void> takeOver(All all) {
        startAfter(all.statuses());
        return loops.load(all.services()).onSuccess(done -> {
            if (!loaded) {
                loaded = true;
                log.info("schedule has {} services", loops.services());
                join();
            }
        });
    }

    /** Moves the clock past the stored results: the store rejects a result older than the last one of its service. */
    private void startAfter(List<ServiceStatus> stored) {
        long newest =
                stored.stream().mapToLong(ServiceStatus::lastChecked).max().orElse(0);
        long ahead = newest - clock.millis() > WORTH_FOLLOWING_MS ? clock.notBefore(newest) : 0;
        if (ahead > SteadyClock.AHEAD) {
            log.error(
                    "stored results are {} h ahead of this machine's clock. Correct the clock: until then, no results of their"
                            + " services are written",
                    TimeUnit.MILLISECONDS.toHours(ahead));
        } else if (ahead > 0) {
            log.warn(
                    "stored results are {} s ahead of this machine's clock; times continue from there, slowed down",
                    ahead / 1000.0);
        }
    }

    /** Services start in their phase to avoid a burst. */
    private void changedMany(ServicesChanged event) {
        loops.changed(event.saved(), event.removedIds());
    }

    private void saved(ServiceSaved event) {
        loops.of(event.service().id()).saved(event);
    }

    private void removed(ServiceRemoved event) {
        loops.of(event.serviceId()).removed(event.serviceId());
    }

    private ScheduleState state(LoopReport report) {
        return new ScheduleState(loaded, report.services(), permits.running(), permits.waiting(), report.lastTick());
    }

    private ScheduleReport report(LoopReport report) {
        return new ScheduleReport(
                state(report),
                report.paused(),
                report.lag().perSecond(),
                report.lag().lag(),
                report.waits().lag(),
                report.overdue(),
                report.oldestOverdue(),
                metrics.missed(),
                report.keepsUp(),
                permits.maxInAll(),
                probers.network().repeated(),
                clock.offset(),
                report.held());
    }

    /** Starts no more checks and gives running ones {@value #STOP_TIMEOUT_S} seconds. */
    @Override
    public Future<?> stop() {
        stopped = true;
        bus.send(Addresses.LEAVE_NODES, new LeaveNodes());
        Future<Void> loopsStopped = loops.stop();
        permits.forgetWaiting();
        return Future.join(trials.stop(), loopsStopped)
                .timeout(STOP_TIMEOUT_S, TimeUnit.SECONDS)
                .eventually(loops::close)
                .eventually(probers::close)
                .otherwiseEmpty();
    }
}
