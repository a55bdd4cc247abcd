package io.openuptimes.store.results;

import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The effects of writing a batch of results. Filled while the answers are read. */
final class Written {

    /** Stored statuses that this process's boards have not been told of. */
    final List<ServiceStatus> unannounced = new ArrayList<>();

    /** Stored statuses that replace announced verdicts. */
    final List<Correction> corrected = new ArrayList<>();

    /** Stored states that the checks do not have, by service id or {@link Locations#idAt}. */
    final Map<String, HealthState> states = new HashMap<>();

    /** Transitions that were stored for the first time. */
    final List<Transition> transitions = new ArrayList<>();

    /** Partitions whose outboxes have new events. */
    final Set<Integer> outboxes = new LinkedHashSet<>();

    /** Certificates that have changed. */
    final List<SeenCertificate> certificates = new ArrayList<>();

    /** Results of the batch that are in Redis. */
    final List<Pending> stored = new ArrayList<>();

    /** Follow-up writes of the batch's results. */
    final List<Pending> next = new ArrayList<>();

    /** Number of results that Redis did not store and that are not written again. */
    int refused;

    /** Stored statuses, for other nodes: of services and, under {@link Locations#idAt}, of services at a location. */
    List<ServiceStatus> statuses() {
        return stored.stream().map(pending -> pending.write().status()).toList();
    }

    /** Adds everything that is published. */
    void addAll(Written other) {
        unannounced.addAll(other.unannounced);
        corrected.addAll(other.corrected);
        states.putAll(other.states);
        transitions.addAll(other.transitions);
        certificates.addAll(other.certificates);
    }
}
