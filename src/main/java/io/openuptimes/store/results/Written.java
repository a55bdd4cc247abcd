package io.openuptimes.store.results;

import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.List;

/**
 * A batch of results that is in Redis.
 *
 * @param statuses as they are now: of each result that counted, of the service and of the location, where it tells of
 *     one, by the id of {@link Locations#idAt}
 * @param transitions those of the results that changed a service's status
 * @param certificates those that are others than before
 */
record Written(List<ServiceStatus> statuses, List<Transition> transitions, List<SeenCertificate> certificates) {

    /** The same where only these certificates could be written: the next checks bring the others again. */
    Written withCertificates(List<SeenCertificate> ofThem) {
        return new Written(statuses, transitions, ofThem);
    }
}
