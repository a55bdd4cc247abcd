package io.openuptimes.check;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;

/** Checks a service in one protocol. */
public interface Prober {

    /**
     * Checks now, on the caller's event loop.
     *
     * @return always succeeds: a failed check is a result, at the service's timeout at the latest
     */
    Future<CheckResult> probe(Service service);
}
