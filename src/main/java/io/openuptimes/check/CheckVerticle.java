package io.openuptimes.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.Tried;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.ConfirmShare;
import io.openuptimes.bus.NodeMessage.LeaveNodes;
import io.openuptimes.bus.NodeMessage.OwnNetworkChanged;
import io.openuptimes.check.egress.OwnNetwork;
import io.openuptimes.check.type.Observation;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.ReferenceTarget;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects the check loops to the event bus. Checks continue from memory while the store is away. */
public final class CheckVerticle extends VerticleBase {

    /** Minimum time between two checks of a service requested by keys of scope {@code read}, milliseconds. */
    public static final long PING_PACE_MS = 5_000;

    private static final long STOP_TIMEOUT_S = 5;
    /** Longer than Redis may take to answer. */
    private static final long CONFIRM_MS = 7_000;

    private final Settings.Checks settings;
    private final @Nullable String location;
    private final Probers probers;
    private final List<ReferenceTarget> targets;
    private final SteadyClock clock;
    private final long pingPace;
    private final CheckMetrics metrics;
    private final Permits permits;

    // set in start()
    private Bus bus;
    private OwnNetwork network;
    private CheckLoops loops;
    private CheckLoads loads;
    private Trials trials;

    /** With the default pace and without reference targets. */
    public CheckVerticle(
            Settings.Checks settings,
            @Nullable String location,
            Probers probers,
            SteadyClock clock,
            MeterRegistry registry) {
        this(settings, List.of(), location, probers, clock, PING_PACE_MS, registry);
    }

    /**
     * @param targets whose answers prove that this node's line works
     * @param location of this node; null for none
     * @param probers of all check types; closed with the verticle
     * @param clock time of day
     * @param pingPace replaces {@link #PING_PACE_MS}
     */
    @SuppressWarnings("NullAway.Init")
    public CheckVerticle(
            Settings.Checks settings,
            List<ReferenceTarget> targets,
            @Nullable String location,
            Probers probers,
            SteadyClock clock,
            long pingPace,
            MeterRegistry registry) {
        this.settings = settings;
        this.targets = targets;
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
        network = new OwnNetwork(
                vertx,
                probers,
                targets,
                clock,
                (state, outage) -> bus.publish(NodeMessage.OWN_NETWORK, new OwnNetworkChanged(state, outage)));
        loops = new CheckLoops(
                vertx,
                new CheckLoop.Wiring(
                        settings.instances(),
                        settings.interval(),
                        location,
                        permits,
                        this::probe,
                        clock,
                        metrics,
                        settings.policy(),
                        pingPace,
                        this::confirm));
        trials = new Trials(
                vertx,
                permits,
                this::probe,
                clock::millis,
                task -> context.runOnContext(run -> task.run()),
                TryService.WAIT_MS,
                settings.policy());
        Rounds rounds = new Rounds(loops.parts(), task -> context.runOnContext(run -> task.run()));
        loads = new CheckLoads(vertx, bus, loops, clock);
        CheckReports reports = new CheckReports(loops, loads, permits, probers, network, clock, metrics);
        return Future.all(List.of(
                        bus.listen(EventMessage.SERVICE_SAVED, this::saved),
                        bus.listen(EventMessage.SERVICE_REMOVED, this::removed),
                        bus.listen(EventMessage.SERVICES_CHANGED, this::changedMany),
                        bus.listen(CheckMessage.HEALTH_STORED, message -> loops.healthStored(message.states())),
                        bus.listen(EventMessage.RELOAD, event -> loads.load()),
                        new HeldLeases(bus, loops).serve(),
                        bus.serve(
                                CheckMessage.CHECK_NOW,
                                wanted -> loads.isLoaded()
                                        ? rounds.check(wanted)
                                        : Future.failedFuture(Refused.unreachable())),
                        bus.serve(CheckMessage.TRY_SERVICE, message -> trials.run(message.service())
                                .map(Tried::new)),
                        bus.serve(CheckMessage.CHECK_FOR_OTHERS, message -> checkForOthers(message.serviceId())),
                        bus.serve(CheckMessage.SCHEDULE_STATE, message -> reports.state()),
                        bus.serve(CheckMessage.SCHEDULE_REPORT, message -> reports.report())))
                .onSuccess(listening -> {
                    bus.publish(NodeMessage.OWN_NETWORK, new OwnNetworkChanged(network.state(), null));
                    loads.load();
                    loops.start();
                });
    }

    private Future<Observation> probe(Service service) {
        return network.proven(probers.probe(service));
    }

    private Future<Tried> checkForOthers(String serviceId) {
        Promise<@Nullable Service> found = Promise.promise();
        loops.of(serviceId)
                .find(serviceId)
                .onSuccess(service -> context.runOnContext(run -> found.complete(service))); // where trials belong
        return found.future()
                .compose(service -> service == null
                        ? Future.failedFuture(new Refused(Failures.NOT_FOUND, "Service not found"))
                        : trials.run(service))
                .map(Tried::new);
    }

    /** Runs on this verticle's event loop, so that the check loops hear of lost leases first. */
    private Future<?> confirm() {
        Promise<Void> told = Promise.promise();
        context.runOnContext(run -> bus.request(NodeMessage.CONFIRM_SHARE, new ConfirmShare(), CONFIRM_MS)
                .onComplete(confirmed -> told.complete()));
        return told.future();
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

    /** Starts no more checks and gives running ones {@value #STOP_TIMEOUT_S} seconds. */
    @Override
    public Future<?> stop() {
        loads.stop();
        network.stop();
        bus.send(NodeMessage.LEAVE_NODES, new LeaveNodes());
        Future<Void> loopsStopped = loops.stop();
        permits.forgetWaiting();
        return Future.join(trials.stop(), loopsStopped)
                .timeout(STOP_TIMEOUT_S, TimeUnit.SECONDS)
                .eventually(loops::close)
                .eventually(probers::close)
                .otherwiseEmpty();
    }
}
