package io.openuptimes.check;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;

/** Checks a service using one protocol. */
public interface Prober {

    /**
     * Checks now, on the caller's event loop; safe for concurrent use.
     *
     * @return always succeeds. A failed check is a result, at the latest after the service's timeout (twice that if the
     *     process was suspended and the check was repeated), and so is a check that this machine could not make
     *     ({@link io.openuptimes.model.Outcome#RESOURCE})
     */
    Future<CheckResult> probe(Service service);
}
