package io.openuptimes.check.type;

import io.vertx.core.Future;

/**
 * Checks with one protocol, and says what it saw, never whether that is good.
 *
 * @param <S> what it must know of a service
 */
@FunctionalInterface
public interface Prober<S> {

    /**
     * Checks now, on the caller's event loop; safe for concurrent use.
     *
     * @return always succeeds. A failure is an observation, at the latest after the service's timeout (twice that if
     *     the process was suspended and the check was repeated), and so is a check that this machine could not make
     *     ({@link io.openuptimes.model.Outcome#RESOURCE})
     */
    Future<Observation> probe(S service);

    /** Releases what it holds; running checks have ended. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
