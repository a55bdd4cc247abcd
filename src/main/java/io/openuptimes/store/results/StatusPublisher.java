package io.openuptimes.store.results;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.model.Transition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells this process, and the log, what the results that have been written change. */
final class StatusPublisher {

    private static final Logger log = LoggerFactory.getLogger(StatusPublisher.class);

    private final Bus bus;

    StatusPublisher(Bus bus) {
        this.bus = bus;
    }

    void publish(Written written) {
        for (Transition transition : written.transitions()) {
            log.info(
                    "service {} went from {} to {} ({}{})",
                    transition.serviceId(),
                    transition.from().word(),
                    transition.to().word(),
                    transition.cause().word(),
                    transition.error().isEmpty() ? "" : ": " + transition.error());
        }
        if (!written.certificates().isEmpty()) {
            bus.publish(Addresses.CERTIFICATES, new CertificatesChanged(written.certificates()));
        }
        bus.publish(Addresses.STATUS_CHANGED, new StatusChanged(written.statuses(), written.transitions()));
    }
}
