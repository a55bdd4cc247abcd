package io.openuptimes.bus;

import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change on any node, at its position in the total order of changes. */
public sealed interface Event {

    EventId id();

    /** Whether callers without a key could see the service at the time of the event. */
    enum Visibility {
        PUBLIC,
        HIDDEN,
        /** Written by an older version, which did not record visibility. */
        UNRECORDED;

        public static Visibility of(boolean visible) {
            return visible ? PUBLIC : HIDDEN;
        }
    }

    /**
     * A service's status changed.
     *
     * @param status after the change
     * @param visibility of the service at that time
     */
    record Turned(EventId id, Transition transition, ServiceStatus status, Visibility visibility) implements Event {}

    /**
     * A service was created, changed or restored.
     *
     * @param visible whether callers without a key can see it from now on
     * @param wasVisible whether they could see it before
     * @param publicNameBefore the name they saw before; null if they did not see it, or if an older version wrote the event
     *     without the name
     * @param left the service before the change, if its labels changed; otherwise null, as for events of older versions
     * @param service as stored now, possibly changed again since; null if deleted or not read
     * @param status current status; null in the same cases
     */
    record Saved(
            EventId id,
            String serviceId,
            boolean visible,
            boolean wasVisible,
            @Nullable String publicNameBefore,
            @Nullable Left left,
            @Nullable Service service,
            @Nullable ServiceStatus status)
            implements Event {

        /** Whether the service disappeared for callers without a key. */
        public boolean hides() {
            return wasVisible && !visible;
        }
    }

    /** The name and previous labels of a service; decides which label-restricted callers may have known it. */
    record Left(String name, Map<String, String> labels) {
        public Left {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A service was deleted.
     *
     * @param visible whether callers without a key could see it
     * @param labels before deletion; null if an older version wrote the event without them
     */
    record Removed(
            EventId id,
            String serviceId,
            String name,
            boolean visible,
            @Nullable Map<String, String> labels) implements Event {}

    /**
     * An outage of a node's own network began or ended.
     *
     * @param nodeId of the node's run
     * @param nodeName from its settings
     */
    record NodeTurned(EventId id, String nodeId, String nodeName, NodeOutage outage) implements Event {}

    /**
     * Changes that cannot be reported one by one: very many services changed at once, or stream entries are gone. Consumers
     * must reload everything.
     *
     * @param told whether copies in this process have already been updated by other messages; if not, they reload too
     */
    record Anew(EventId id, boolean told) implements Event {}
}
