package io.openuptimes.store.results;

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

/**
 * What became of a batch of results. Filled while the answers are read.
 */
final class Written {

    /** Statuses for other nodes: of services and, by the id of {@link Locations#idAt}, at locations. */
    final List<ServiceStatus> statuses = new ArrayList<>();

    /** Those among them that this process's boards have not been told of. */
    final List<ServiceStatus> unannounced = new ArrayList<>();

    /** Stored statuses of results that were announced and then stored differently, or not at all. */
    final List<ServiceStatus> corrected = new ArrayList<>();

    /** Stored states that differ from what the checks know, by the id of the status. */
    final Map<String, HealthState> states = new HashMap<>();

    /** Transitions that were stored for the first time. */
    final List<Transition> transitions = new ArrayList<>();

    /** Partitions whose outboxes have new events. */
    final Set<Integer> outboxes = new LinkedHashSet<>();

    /** Certificates that have changed. */
    final List<SeenCertificate> certificates = new ArrayList<>();

    /** Those of the batch that are in Redis. */
    final List<Pending> stored = new ArrayList<>();

    /** Results that have to be written next, in place of the batch's. */
    final List<Pending> next = new ArrayList<>();

    /** Number of results that were not stored because of their service or its partition. */
    int refused;

    /** Adds everything that listeners are told. */
    void addAll(Written other) {
        unannounced.addAll(other.unannounced);
        corrected.addAll(other.corrected);
        states.putAll(other.states);
        transitions.addAll(other.transitions);
        certificates.addAll(other.certificates);
    }
}
