package io.openuptimes.check.type;

import io.vertx.core.Future;

/**
 * Checks with one protocol and reports what it saw; {@link io.openuptimes.check.Judgement} decides what that means.
 *
 * @param <S> what it needs of a service
 */
@FunctionalInterface
public interface Prober<S> {

    /**
     * Checks now, on the caller's event loop; safe for concurrent use.
     *
     * @return always succeeds, at the latest after the service's timeout, or twice that if the check was repeated
     *     because the process was suspended. Failures are observations, including
     *     {@link io.openuptimes.model.Outcome#RESOURCE} if this machine could not make the check
     */
    Future<Observation> probe(S service);

    /** Releases resources; called when no check is running. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
