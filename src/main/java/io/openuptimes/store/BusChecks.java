package io.openuptimes.store;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.GetScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.bus.NodeMessage.GiveUp;
import io.openuptimes.bus.NodeMessage.Lost;
import io.openuptimes.health.HealthState;
import io.openuptimes.store.nodes.Membership;
import io.openuptimes.store.results.ResultWriter;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Reaches the checks over the bus. The result writer handles the rest. */
final class BusChecks implements Membership.Checks {

    private final Bus bus;
    private final ResultWriter writer;

    BusChecks(Bus bus, ResultWriter writer) {
        this.bus = bus;
        this.writer = writer;
    }

    @Override
    public void gained(List<Integer> leases, Map<String, HealthState> states) {
        bus.send(NodeMessage.GAINED, new Gained(leases, states));
        writer.gained(leases);
    }

    @Override
    public Future<?> giveUp(int lease) {
        // nothing is checked if nobody is registered
        return bus.request(NodeMessage.GIVE_UP, new GiveUp(lease)).transform(given -> writer.settled());
    }

    @Override
    public void lost(List<Integer> leases) {
        bus.send(NodeMessage.LOST, new Lost(leases));
    }

    @Override
    public Future<ScheduleReport> report() {
        return bus.request(CheckMessage.SCHEDULE_REPORT, new GetScheduleReport());
    }

    @Override
    public int queued() {
        return writer.queued();
    }

    @Override
    public void company() {
        writer.greet();
    }
}
