package io.openuptimes.check;

import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/** All lanes of this process. */
final class Lanes {

    /** Lanes report every second or two; one that has not reported for this long is stuck. */
    private static final long STANDS_STILL_MS = 5_000;

    private final List<Lane> lanes;
    private final Clock clock;

    Lanes(Vertx vertx, Lane.Wiring wiring) {
        lanes = IntStream.range(0, wiring.lanes())
                .mapToObj(index -> new Lane(vertx, ((VertxInternal) vertx).createEventLoopContext(), index, wiring))
                .toList();
        clock = wiring.clock();
        CheckMetrics metrics = wiring.metrics();
        metrics.gauge(
                "schedule.services",
                "Services that this process knows, those that are paused or other nodes' among them",
                this,
                Lanes::services);
        metrics.gauge(
                "schedule.due",
                "Services that this process checks: its share of those that are not paused",
                this,
                Lanes::held);
        metrics.gauge(
                "schedule.keeping.up",
                "1 while this process does what is due, as keepingUp in /api/schedule; else 0",
                this,
                all -> all.keepUp() ? 1 : 0);
        metrics.gauge("checks.overdue", "Checks that are due and not started", lanes, all -> all.stream()
                .mapToInt(Lane::overdue)
                .sum());
        metrics.gauge(
                "checks.overdue.oldest.seconds",
                "How long the first of these has been due",
                lanes,
                all -> all.stream().mapToLong(Lane::oldestOverdue).max().orElse(0) / 1000.0);
    }

    /** Applies a bulk change. */
    void changed(List<Service> saved, List<String> removedIds) {
        lanes.forEach(lane -> lane.changed(saved));
        removedIds.forEach(id -> of(id).removed(id));
    }

    Lane of(String serviceId) {
        return lanes.get(Lane.index(serviceId, lanes.size()));
    }

    void gained(Gained gained) {
        lanes.forEach(lane -> lane.gained(gained));
    }

    Future<Void> giveUp(int partition) {
        return lanes.get(Lane.index(partition, lanes.size())).giveUp(partition);
    }

    void lost(List<Integer> partitions) {
        lanes.forEach(lane -> lane.lost(partitions));
    }

    void start() {
        lanes.forEach(Lane::start);
    }

    void loadBegins() {
        lanes.forEach(Lane::loadBegins);
    }

    Future<Void> load(List<Service> services) {
        return Future.join(lanes.stream().map(lane -> lane.load(services)).toList())
                .mapEmpty();
    }

    void loadEnds() {
        lanes.forEach(Lane::loadEnds);
    }

    /** Each lane's part of a round. */
    List<Rounds.Part> parts() {
        return List.copyOf(lanes);
    }

    int services() {
        return lanes.stream().mapToInt(Lane::services).sum();
    }

    private int held() {
        return lanes.stream().mapToInt(Lane::held).sum();
    }

    /** As of the last reports. */
    private boolean keepUp() {
        LaneReport all = null;
        for (Lane lane : lanes) {
            LaneReport report = lane.lastReport();
            if (report == null) {
                return false; // no report yet
            }
            all = all == null ? report : all.and(report);
        }
        return all != null && clock.millis() - all.lastTick() < STANDS_STILL_MS && all.keepsUp();
    }

    Future<LaneReport> report() {
        List<Future<LaneReport>> reports = lanes.stream().map(Lane::report).toList();
        return Future.join(reports).map(joined -> reports.stream()
                .map(Future::result)
                .reduce(LaneReport::and)
                .orElseThrow());
    }

    /** Starts no more checks; ends when running ones have ended. */
    Future<Void> stop() {
        return Future.join(lanes.stream().map(Lane::stop).toList()).mapEmpty();
    }

    /** Sends the remaining results to the store. */
    Future<Void> close() {
        return Future.join(lanes.stream().map(Lane::close).toList()).mapEmpty();
    }
}
