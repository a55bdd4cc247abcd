package io.openuptimes.web.events;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.ProvisionalChange;
import io.openuptimes.web.http.JsonText;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as streams and {@code since} report it. There is one version for callers that see hidden services, and
 * another, or none, for the public. Each is rendered once, when a reader first needs it.
 */
public final class EventItem {

    private final EventId id;
    private final String serviceId;
    private final boolean provisional;
    private final @Nullable Status from;
    private final @Nullable Telling forAll;
    /** The labels of the service in {@code forAll}; null if unknown. */
    private final @Nullable Map<String, String> labels;
    /**
     * The service's removal, for callers whose label selector it no longer matches; null if its labels did not change.
     */
    private final Event.@Nullable Left left;

    private @Nullable Telling forPublic;

    private EventItem(
            EventId id,
            String serviceId,
            boolean provisional,
            @Nullable Status from,
            @Nullable Telling forAll,
            @Nullable Map<String, String> labels,
            Event.@Nullable Left left,
            @Nullable Telling forPublic) {
        this.id = id;
        this.serviceId = serviceId;
        this.provisional = provisional;
        this.from = from;
        this.forAll = forAll;
        this.labels = labels;
        this.left = left;
        this.forPublic = forPublic;
    }

    /**
     * @param open whether the event is public
     */
    static EventItem transition(Event.Turned event, Service service, boolean open, EntryJson json) {
        Transition change = event.transition();
        return new EventItem(
                event.id(),
                service.id(),
                false,
                change.from(),
                turn(service, event.status(), change, false, true, json),
                service.labels(),
                null,
                open ? turn(service, event.status(), change, false, false, json) : null);
    }

    /**
     * A transition that is not stored yet. It is sent without an ID, so that a client never resumes after it.
     *
     * @param last ID of the item before it
     */
    static EventItem provisional(EventId last, ProvisionalChange change, EntryJson json) {
        Service service = change.service();
        ServiceStatus status = change.status();
        Transition transition = new Transition(
                service.id(),
                change.from(),
                status.status(),
                status.lastChecked(),
                status.since(),
                status.outcome(),
                status.error(),
                null);
        return new EventItem(
                last,
                service.id(),
                true,
                change.from(),
                turn(service, status, transition, true, true, json),
                service.labels(),
                null,
                service.visible() ? turn(service, status, transition, true, false, json) : null);
    }

    private static Telling turn(
            Service service,
            ServiceStatus status,
            Transition change,
            boolean provisional,
            boolean withHidden,
            EntryJson json) {
        return Telling.ofState(service.name(), () -> {
            StringBuilder data = new StringBuilder("{\"service\":");
            json.append(data, service, status, withHidden);
            data.append(",\"from\":\"").append(change.from().word());
            data.append("\",\"to\":\"").append(change.to().word());
            data.append("\",\"at\":").append(change.at());
            data.append(",\"since\":").append(change.since());
            return event("transition", data.append(provisional ? ",\"provisional\":true}" : "}"));
        });
    }

    /**
     * The public does not see an event of a service that was hidden then or is hidden now. Hiding a service looks like
     * its removal, under its previous name.
     */
    static EventItem saved(Event.Saved event, Service service, ServiceStatus status, EntryJson json) {
        boolean open = event.visible() && service.visible();
        return new EventItem(
                event.id(),
                service.id(),
                false,
                null,
                state(service, status, true, json),
                service.labels(),
                event.left(),
                open ? state(service, status, false, json) : disappearance(event));
    }

    private static Telling state(Service service, ServiceStatus status, boolean withHidden, EntryJson json) {
        return Telling.ofState(service.name(), () -> {
            StringBuilder data = new StringBuilder("{\"service\":");
            json.append(data, service, status, withHidden);
            return event("saved", data.append('}'));
        });
    }

    /** Whether there is anything to report for a service that no longer exists. */
    static boolean disappeared(Event.Saved event) {
        return event.hides() || event.left() != null;
    }

    /**
     * A service that has since been removed disappeared for some callers: the public, or those limited by labels. Only
     * they get this item; all others get the removal.
     */
    static EventItem hidden(Event.Saved event) {
        return new EventItem(
                event.id(), event.serviceId(), false, null, null, null, event.left(), disappearance(event));
    }

    private static @Nullable Telling disappearance(Event.Saved event) {
        String name = event.publicNameBefore();
        return event.hides() ? removal(event.serviceId(), name == null ? "" : name) : null;
    }

    static EventItem removed(Event.Removed event) {
        Telling removal = removal(event.serviceId(), event.name());
        return new EventItem(
                event.id(),
                event.serviceId(),
                false,
                null,
                removal,
                event.labels(),
                null,
                event.visible() ? removal : null);
    }

    /** An outage of a node's own network; only for callers that see all services, as are the nodes themselves. */
    static EventItem node(Event.NodeTurned event) {
        return new EventItem(
                event.id(), "", false, null, Telling.ofState(event.nodeName(), () -> render(event)), null, null, null);
    }

    private static String render(Event.NodeTurned event) {
        NodeOutage outage = event.outage();
        StringBuilder data = new StringBuilder("{\"node\":{\"id\":");
        JsonText.quote(data, event.nodeId());
        data.append(",\"name\":");
        JsonText.quote(data, event.nodeName());
        data.append("},\"works\":").append(!outage.lasts());
        data.append(",\"reason\":\"").append(outage.reason().word());
        data.append("\",\"beganAt\":").append(outage.beganAt());
        data.append(",\"endedAt\":").append(outage.endedAt()).append('}');
        return event("node", data);
    }

    private static Telling removal(String serviceId, String name) {
        return Telling.ofRemoval(name, () -> {
            StringBuilder data = new StringBuilder("{\"id\":");
            JsonText.quote(data, serviceId);
            data.append(",\"name\":");
            JsonText.quote(data, name);
            return event("removed", data.append('}'));
        });
    }

    /**
     * A finished check, for subscribers to the service. It has no ID, since it is not replayed when a stream resumes.
     */
    static String result(BoardEntry entry, boolean withHidden, EntryJson json) {
        StringBuilder data = new StringBuilder("{\"service\":");
        json.append(data, entry, withHidden, null);
        return event("result", data.append('}')) + '\n';
    }

    /** The lines of an event without the final empty one. The rendered JSON has no line breaks. */
    static String event(String name, CharSequence data) {
        return "event: " + name + "\ndata: " + data + '\n';
    }

    EventId id() {
        return id;
    }

    String serviceId() {
        return serviceId;
    }

    /** Whether it concerns a service, not a node. */
    boolean isOfService() {
        return !serviceId.isEmpty();
    }

    /** Whether this is a transition that was not stored when it was reported. */
    boolean isProvisional() {
        return provisional;
    }

    boolean isStoredTransition() {
        return from != null && !provisional;
    }

    /** The service's name as the audience sees it; empty if an older version did not record it. */
    String name(Sight sight) {
        Telling telling = telling(sight);
        return telling == null ? "" : telling.name();
    }

    /** The previous status if this is a transition; otherwise null. */
    @Nullable
    Status from() {
        return from;
    }

    /** Whether the audience gets this event. */
    boolean isFor(Sight sight) {
        return telling(sight) != null;
    }

    /** Withdraws states of newly hidden services from the public. Removals stay, under the name that was public. */
    void conceal(Set<String> hiddenIds) {
        Telling telling = forPublic;
        if (telling != null && !telling.isRemoval() && hiddenIds.contains(serviceId)) {
            forPublic = null;
        }
    }

    /** The lines of the event without its ID and the final empty line; empty if the audience does not get it. */
    String text(Sight sight) {
        Telling telling = telling(sight);
        return telling == null ? "" : telling.text();
    }

    private @Nullable Telling telling(Sight sight) {
        if (!sight.isConfined()) {
            return sight.withHidden() ? forAll : forPublic;
        }
        if (labels != null && sight.within().matches(labels)) {
            return forAll;
        }
        return left != null && sight.within().matches(left.labels()) ? removal(serviceId, left.name()) : null;
    }
}
