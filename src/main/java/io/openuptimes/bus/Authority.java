package io.openuptimes.bus;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * By what right services are changed.
 *
 * @param within the services that may be changed; the change may not move one in or out
 * @param confirm looks at the right again, just before the change is written; fails with {@link Failures#UNAUTHORIZED} if
 *     it has ended
 */
public record Authority(LabelSelector within, Supplier<Future<Void>> confirm) {

    /** May change everything, and does not end. */
    public static final Authority FULL = new Authority(LabelSelector.ALL, Future::succeededFuture);

    public boolean covers(Service service) {
        return within.matches(service.labels());
    }

    /**
     * @return the same service
     * @throws Refused {@link Failures#FORBIDDEN} unless it may be changed, or made
     */
    public Service require(Service service) {
        if (!covers(service)) {
            throw new Refused(Failures.FORBIDDEN, "labels: " + problem());
        }
        return service;
    }

    /** What is wrong with a service that is not covered, to be read after its labels. */
    public String problem() {
        return "must match " + within + ", to which this key is limited";
    }

    @Override
    public String toString() {
        return "Authority[" + within + "]";
    }
}
