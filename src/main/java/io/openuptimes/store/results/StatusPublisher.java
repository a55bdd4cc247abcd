package io.openuptimes.store.results;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.StatusChanged;

/** Publishes to this process and logs the changes made by written results. */
final class StatusPublisher {

    private final Bus bus;
    private final TransitionLog log;

    StatusPublisher(Bus bus, TransitionLog log) {
        this.bus = bus;
        this.log = log;
    }

    void publish(Written written) {
        log.add(written.transitions());
        if (!written.certificates().isEmpty()) {
            bus.publish(Addresses.CERTIFICATES, new CertificatesChanged(written.certificates()));
        }
        bus.publish(Addresses.STATUS_CHANGED, new StatusChanged(written.statuses(), written.transitions()));
    }
}
