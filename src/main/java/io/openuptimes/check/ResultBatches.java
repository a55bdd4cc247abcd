package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Judged;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.RecordResults;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends verdicts to this process's boards and to the store, in small groups, because each message may wake other event
 * loops.
 */
final class ResultBatches {

    /** Shorter than anyone notices. */
    private static final long WAIT_MS = 25;

    private static final int FULL = 500;

    private final Vertx vertx;
    private final Bus bus;
    private List<Verdict> verdicts = new ArrayList<>();

    ResultBatches(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    void add(Verdict verdict) {
        verdicts.add(verdict);
        if (verdicts.size() == 1) {
            vertx.setTimer(WAIT_MS, timer -> send());
        } else if (verdicts.size() >= FULL) {
            send();
        }
    }

    /** Sends the pending verdicts. */
    void send() {
        if (!verdicts.isEmpty()) {
            List<Verdict> sent = List.copyOf(verdicts);
            verdicts = new ArrayList<>();
            announce(sent);
            bus.send(StoreMessage.RECORD_ALL, new RecordResults(sent));
        }
    }

    /** Sends verdicts that are to be announced to this process's boards. */
    void announce(List<Verdict> judged) {
        List<ServiceStatus> statuses = new ArrayList<>(judged.size());
        for (Verdict verdict : judged) {
            if (verdict.announced()) {
                statuses.add(verdict.status(verdict.id(), verdict.after()));
            }
        }
        if (!statuses.isEmpty()) {
            bus.publish(EventMessage.JUDGED, new Judged(statuses));
        }
    }
}
