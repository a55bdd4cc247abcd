package io.openuptimes.store.results;

import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.List;

/**
 * A batch of results that is in Redis.
 *
 * @param statuses current statuses for each result that counted: of the service and, if the result is from a location,
 *     of that location, by the id of {@link Locations#idAt}
 * @param transitions those of the results that changed a service's status
 * @param certificates those that have changed
 */
record Written(List<ServiceStatus> statuses, List<Transition> transitions, List<SeenCertificate> certificates) {

    /** The same batch if only these certificates could be written; the next checks provide the others again. */
    Written withCertificates(List<SeenCertificate> ofThem) {
        return new Written(statuses, transitions, ofThem);
    }
}
