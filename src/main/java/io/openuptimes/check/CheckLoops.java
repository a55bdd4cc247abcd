package io.openuptimes.check;

import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All check loops of this process. */
final class CheckLoops {

    /** Loops report every second or two; one that has not reported for this long is stuck. */
    private static final long STANDS_STILL_MS = 5_000;

    private final List<CheckLoop> loops;
    private final Clock clock;

    CheckLoops(Vertx vertx, CheckLoop.Wiring wiring) {
        loops = IntStream.range(0, wiring.loops())
                .mapToObj(
                        index -> new CheckLoop(vertx, ((VertxInternal) vertx).createEventLoopContext(), index, wiring))
                .toList();
        clock = wiring.clock();
        CheckMetrics metrics = wiring.metrics();
        metrics.gauge(
                "schedule.services",
                "Services that this process knows, those that are paused or other nodes' among them",
                this,
                CheckLoops::services);
        metrics.gauge(
                "schedule.due",
                "Services that this process checks: its share of those that are not paused",
                this,
                CheckLoops::held);
        metrics.gauge(
                "schedule.keeping.up",
                "1 while this process does what is due, as keepingUp in /api/schedule; else 0",
                this,
                all -> all.keepUp() ? 1 : 0);
        metrics.gauge("checks.overdue", "Checks that are due and not started", loops, all -> all.stream()
                .mapToInt(CheckLoop::overdue)
                .sum());
        metrics.gauge(
                "checks.overdue.oldest.seconds",
                "How long the first of these has been due",
                loops,
                all -> all.stream().mapToLong(CheckLoop::oldestOverdue).max().orElse(0) / 1000.0);
    }

    /** See {@link CheckLoop#healthStored}. */
    void healthStored(Map<String, HealthState> states) {
        loops.forEach(loop -> loop.healthStored(states));
    }

    /** Applies a bulk change. */
    void changed(List<Service> saved, List<String> removedIds) {
        loops.forEach(loop -> loop.changed(saved));
        removedIds.forEach(id -> of(id).removed(id));
    }

    CheckLoop of(String serviceId) {
        return loops.get(CheckLoop.index(serviceId, loops.size()));
    }

    void gained(Gained gained) {
        loops.forEach(loop -> loop.gained(gained));
    }

    Future<Void> giveUp(int lease) {
        return loops.get(CheckLoop.index(lease, loops.size())).giveUp(lease);
    }

    void lost(List<Integer> leases) {
        loops.forEach(loop -> loop.lost(leases));
    }

    void start() {
        loops.forEach(CheckLoop::start);
    }

    void loadBegins() {
        loops.forEach(CheckLoop::loadBegins);
    }

    Future<Void> load(List<Service> services) {
        return Future.join(loops.stream().map(loop -> loop.load(services)).toList())
                .mapEmpty();
    }

    void loadEnds() {
        loops.forEach(CheckLoop::loadEnds);
    }

    /** Each loop's part of a round. */
    List<Rounds.Part> parts() {
        return List.copyOf(loops);
    }

    int services() {
        return loops.stream().mapToInt(CheckLoop::services).sum();
    }

    private int held() {
        return loops.stream().mapToInt(CheckLoop::held).sum();
    }

    /** As of the last reports. */
    private boolean keepUp() {
        LoopReport all = null;
        for (CheckLoop loop : loops) {
            LoopReport report = loop.lastReport();
            if (report == null) {
                return false; // no report yet
            }
            all = all == null ? report : all.and(report);
        }
        return all != null && clock.millis() - all.lastTick() < STANDS_STILL_MS && all.keepsUp();
    }

    Future<LoopReport> report() {
        List<Future<LoopReport>> reports = loops.stream().map(CheckLoop::report).toList();
        return Future.join(reports).map(joined -> reports.stream()
                .map(Future::result)
                .reduce(LoopReport::and)
                .orElseThrow());
    }

    /** Starts no more checks; ends when running ones have ended. */
    Future<Void> stop() {
        return Future.join(loops.stream().map(CheckLoop::stop).toList()).mapEmpty();
    }

    /** Sends the remaining results to the store. */
    Future<Void> close() {
        return Future.join(loops.stream().map(CheckLoop::close).toList()).mapEmpty();
    }
}
