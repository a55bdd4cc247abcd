package io.openuptimes.check;

import io.micrometer.core.instrument.Tags;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.check.egress.OwnNetwork;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.check.net.tls.Handshakes;
import io.openuptimes.check.type.Probers;
import io.openuptimes.runtime.SteadyClock;
import io.vertx.core.Future;

/** Reports how the checks are doing: on request, and as metrics. */
final class CheckReports {

    private final CheckLoops loops;
    private final CheckLoads loads;
    private final Permits permits;
    private final Network network;
    private final OwnNetwork ownNetwork;
    private final SteadyClock clock;
    private final CheckMetrics metrics;

    /**
     * @param probers whose network's counters become metrics
     * @param ownNetwork whose state becomes metrics
     * @param clock time of day
     */
    CheckReports(
            CheckLoops loops,
            CheckLoads loads,
            Permits permits,
            Probers probers,
            OwnNetwork ownNetwork,
            SteadyClock clock,
            CheckMetrics metrics) {
        this.loops = loops;
        this.loads = loads;
        this.permits = permits;
        this.network = probers.network();
        this.ownNetwork = ownNetwork;
        this.clock = clock;
        this.metrics = metrics;
        observe();
    }

    private void observe() {
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
        metrics.gauge(
                "egress.lost",
                "1 while failed checks say nothing, because this node's own line or name servers are lost; else 0",
                ownNetwork,
                own -> own.state().works() ? 0 : 1);
        metrics.counter(
                "egress.looks",
                "How often this node looked at its reference targets or name servers after a failed check",
                ownNetwork,
                OwnNetwork::looks);
    }

    Future<ScheduleState> state() {
        return loops.report().map(this::state);
    }

    Future<ScheduleReport> report() {
        return loops.report().map(this::report);
    }

    private ScheduleState state(LoopReport report) {
        return new ScheduleState(
                loads.isLoaded(), report.services(), permits.running(), permits.waiting(), report.lastTick());
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
                network.repeated(),
                clock.offset(),
                report.held());
    }
}
