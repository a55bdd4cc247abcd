package io.openuptimes.bus;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened, on whatever node, as it stands in the one order of all that happens. */
public sealed interface Event {

    EventId id();

    /** Whether callers without a key saw a service when something happened to it. */
    enum Visibility {
        PUBLIC,
        HIDDEN,
        /** Written by an older version, which did not record it. */
        UNRECORDED;

        public static Visibility of(boolean visible) {
            return visible ? PUBLIC : HIDDEN;
        }
    }

    /**
     * A service's status changed.
     *
     * @param status as it was then
     * @param visibility of the service when it changed
     */
    record Turned(EventId id, Transition transition, ServiceStatus status, Visibility visibility) implements Event {}

    /**
     * A service is new, changed or restored.
     *
     * @param visible whether callers without a key saw it from then on
     * @param wasVisible whether they saw it before
     * @param publicNameBefore the name under which they saw it; null if they did not, or an older version, which did
     *     not record the name, wrote the event
     * @param left the service before, if it had other labels; null if not, or if an older version wrote the event
     * @param service as it is stored now, maybe changed again since; null if it is gone, or was not read
     * @param status likewise
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

    /** What callers who are confined by labels may have known of a service, by the labels that it had. */
    record Left(String name, Map<String, String> labels) {
        public Left {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * A service is gone.
     *
     * @param visible whether callers without a key saw it
     * @param labels that it had; null if an older version, which did not record them, wrote the event
     */
    record Removed(
            EventId id,
            String serviceId,
            String name,
            boolean visible,
            @Nullable Map<String, String> labels) implements Event {}

    /**
     * What happened cannot be told one by one: very many services changed at once, or entries of the stream are gone.
     * Whoever knows something from before loads everything again.
     *
     * @param told whether copies in this process have heard of it all by other messages; if not, they load anew, too
     */
    record Anew(EventId id, boolean told) implements Event {}
}
