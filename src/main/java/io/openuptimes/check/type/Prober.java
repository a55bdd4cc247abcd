package io.openuptimes.check.type;

import io.openuptimes.model.Service;
import io.vertx.core.Future;

/**
 * Checks with one protocol and reports what it saw; {@link io.openuptimes.check.Judgement} decides what that means.
 *
 * @param <S> the spec of its type
 */
@FunctionalInterface
public interface Prober<S> {

    /**
     * Checks now, see {@link Probers#probe}.
     *
     * @param spec the service's spec
     */
    Future<Observation> probe(Service service, S spec);

    /** Releases resources; called when no check is running. */
    default Future<Void> close() {
        return Future.succeededFuture();
    }
}
