package io.openuptimes.store.results;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.HealthStored;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.Corrected;
import io.openuptimes.bus.EventMessage.StatusChanged;
import java.util.List;

/** Publishes to this process and logs the changes made by written results. */
final class StatusPublisher {

    private final Bus bus;
    private final TransitionLog log;

    StatusPublisher(Bus bus, TransitionLog log) {
        this.bus = bus;
        this.log = log;
    }

    void publish(Written written) {
        log.add(written.transitions);
        if (!written.certificates.isEmpty()) {
            bus.publish(EventMessage.CERTIFICATES, new CertificatesChanged(written.certificates));
        }
        if (!written.states.isEmpty()) {
            bus.publish(CheckMessage.HEALTH_STORED, new HealthStored(written.states));
        }
        if (!written.corrected.isEmpty()) {
            bus.publish(EventMessage.CORRECTED, new Corrected(List.copyOf(written.corrected)));
        }
        if (!written.unannounced.isEmpty()) {
            bus.publish(EventMessage.STATUS_CHANGED, new StatusChanged(List.copyOf(written.unannounced)));
        }
    }
}
