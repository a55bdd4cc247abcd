package io.openuptimes.store.results;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Combines small batches that are written at the same time, which reduces the work for listeners. */
final class WrittenTogether {

    private final Vertx vertx;
    private final Consumer<Written> written;
    private List<ServiceStatus> statuses = new ArrayList<>();
    private List<Transition> transitions = new ArrayList<>();
    private List<SeenCertificate> certificates = new ArrayList<>();
    private List<Pending> waiting = new ArrayList<>();
    private boolean scheduled;

    WrittenTogether(Vertx vertx, Consumer<Written> written) {
        this.vertx = vertx;
        this.written = written;
    }

    void add(List<Pending> batch, Written changed) {
        statuses.addAll(changed.statuses());
        transitions.addAll(changed.transitions());
        certificates.addAll(changed.certificates());
        waiting.addAll(batch);
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(later -> flush());
        }
    }

    /** Informs listeners first, then waiting callers. */
    void flush() {
        scheduled = false;
        if (waiting.isEmpty()) {
            return;
        }
        Written all = new Written(List.copyOf(statuses), List.copyOf(transitions), List.copyOf(certificates));
        List<Pending> told = waiting;
        statuses = new ArrayList<>();
        transitions = new ArrayList<>();
        certificates = new ArrayList<>();
        waiting = new ArrayList<>();
        written.accept(all);
        told.forEach(Pending::complete);
    }
}
