package io.openuptimes.check;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;

/** Checks a service in one protocol. */
public interface Prober {

    /**
     * Checks now, on the caller's event loop; several may use one prober at once.
     *
     * @return always succeeds: a failed check is a result, at the service's timeout at the latest (twice that, where this
     *     machine stood still meanwhile and the check was made again), and so is one that this machine could not make ({@link io.openuptimes.model.Outcome#RESOURCE})
     */
    Future<CheckResult> probe(Service service);
}
