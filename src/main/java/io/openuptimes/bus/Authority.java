package io.openuptimes.bus;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The caller's permission to change services.
 *
 * @param within services that may be changed; a change may not move a service in or out
 * @param confirm checks the permission again just before the write; fails with {@link Failures#UNAUTHORIZED} if it has
 *     ended
 */
public record Authority(LabelSelector within, Supplier<Future<Void>> confirm) {

    /** Permits every change and never ends. */
    public static final Authority FULL = new Authority(LabelSelector.ALL, Future::succeededFuture);

    public boolean covers(Service service) {
        return within.matches(service.labels());
    }

    /**
     * @return the given service
     * @throws Refused {@link Failures#FORBIDDEN} if it may not be changed or created
     */
    public Service require(Service service) {
        if (!covers(service)) {
            throw new Refused(Failures.FORBIDDEN, "labels: " + problem());
        }
        return service;
    }

    /** Describes a service outside the permission; the text follows its labels. */
    public String problem() {
        return "must match " + within + ", to which this key is limited";
    }

    @Override
    public String toString() {
        return "Authority[" + within + "]";
    }
}
