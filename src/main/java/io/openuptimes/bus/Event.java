package io.openuptimes.bus;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import org.jspecify.annotations.Nullable;

/** Something that happened, on whatever node, as it stands in the one order of all that happens. */
public sealed interface Event {

    EventId id();

    /**
     * A service's status changed.
     *
     * @param status as it was then
     */
    record Turned(EventId id, Transition transition, ServiceStatus status) implements Event {}

    /**
     * A service is new, changed or restored.
     *
     * @param visible whether callers without a key saw it from then on
     * @param wasVisible whether they saw it before
     * @param service as it is stored now, maybe changed again since; null if it is gone, or was not read
     * @param status likewise
     */
    record Saved(
            EventId id,
            String serviceId,
            boolean visible,
            boolean wasVisible,
            @Nullable Service service,
            @Nullable ServiceStatus status)
            implements Event {}

    /**
     * A service is gone.
     *
     * @param visible whether callers without a key saw it
     */
    record Removed(EventId id, String serviceId, String name, boolean visible) implements Event {}

    /**
     * What happened cannot be told one by one: very many services changed at once, or entries of the stream are gone.
     * Whoever knows something from before loads everything again.
     *
     * @param told whether copies in this process have heard of it all by other messages; if not, they load anew, too
     */
    record Anew(EventId id, boolean told) implements Event {}
}
