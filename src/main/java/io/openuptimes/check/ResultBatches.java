package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Confirming;
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
    private List<Confirming> confirming = new ArrayList<>();
    private boolean waiting;

    ResultBatches(Vertx vertx, Bus bus) {
        this.vertx = vertx;
        this.bus = bus;
    }

    void add(Verdict verdict) {
        verdicts.add(verdict);
        sendSoon(verdicts.size());
    }

    /** Announces that a failed attempt is being repeated, or no longer is. */
    void confirming(String serviceId, boolean now) {
        confirming.add(new Confirming(serviceId, now));
        sendSoon(confirming.size());
    }

    private void sendSoon(int many) {
        if (many >= FULL) {
            send();
        } else if (!waiting) {
            waiting = true;
            vertx.setTimer(WAIT_MS, timer -> {
                waiting = false;
                send();
            });
        }
    }

    /** Sends what is pending. */
    void send() {
        if (verdicts.isEmpty() && confirming.isEmpty()) {
            return;
        }
        List<Verdict> sent = List.copyOf(verdicts);
        verdicts = new ArrayList<>();
        announce(sent);
        if (!sent.isEmpty()) {
            bus.send(StoreMessage.RECORD_ALL, new RecordResults(sent));
        }
    }

    /** Sends verdicts that are to be announced to this process's boards, and what is pending for these. */
    void announce(List<Verdict> judged) {
        List<ServiceStatus> statuses = new ArrayList<>(judged.size());
        for (Verdict verdict : judged) {
            if (verdict.announced()) {
                statuses.add(verdict.status(verdict.id(), verdict.after()));
            }
        }
        if (!statuses.isEmpty() || !confirming.isEmpty()) {
            List<Confirming> changes = List.copyOf(confirming);
            confirming = new ArrayList<>();
            bus.publish(EventMessage.JUDGED, new Judged(statuses, changes));
        }
    }
}
