package io.openuptimes.bus;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the store tells everybody, after it is written. */
public sealed interface EventMessage extends Message {

    /**
     * Results have been written.
     *
     * @param statuses as they are now, one a result
     * @param transitions those of the results that changed a service's status
     * @param id a new one if there is a transition, else that of what was published before
     */
    record StatusChanged(List<ServiceStatus> statuses, List<Transition> transitions, EventId id)
            implements EventMessage {}

    /**
     * A service is new, changed or restored.
     *
     * @param service as it is now
     * @param before as it was; null if it was not there
     * @param status of a restored one, as it was when that was deleted; null otherwise, for a change leaves it alone
     */
    record ServiceSaved(
            Service service,
            @Nullable Service before,
            @Nullable ServiceStatus status,
            EventId id) implements EventMessage {}

    record ServiceRemoved(String serviceId, EventId id) implements EventMessage {}

    /** The store came into reach or went out of it. On coming into reach, whoever keeps a copy loads it anew. */
    record StoreReachable(boolean reachable) implements EventMessage {}
}
