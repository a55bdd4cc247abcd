package io.openuptimes.web.events;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.JsonText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that happened, as event streams tell it: rendered once for those who see hidden services, once for the others. */
public final class EventItem {

    /** What callers without a key hear of it. */
    private enum Open {
        NOTHING,
        /** The same as everybody. */
        ALL,
        /** That it is gone. */
        REMOVAL
    }

    private interface Text {
        String of(boolean withHidden);
    }

    private final EventId id;
    private final String serviceId;
    private final String name;
    private final @Nullable Status from;
    private final Text text;
    private Open open;
    private @Nullable String forAll;
    private @Nullable String forPublic;

    private EventItem(EventId id, String serviceId, String name, @Nullable Status from, Open open, Text text) {
        this.id = id;
        this.serviceId = serviceId;
        this.name = name;
        this.from = from;
        this.open = open;
        this.text = text;
    }

    /**
     * @param visible whether callers without a key may hear of it
     */
    static EventItem transition(Event.Turned event, Service service, boolean visible, EntryJson json) {
        Transition change = event.transition();
        Open open = visible ? Open.ALL : Open.NOTHING;
        return new EventItem(event.id(), service.id(), service.name(), change.from(), open, withHidden -> {
            StringBuilder data = new StringBuilder("{\"service\":");
            json.append(data, service, event.status(), withHidden);
            data.append(",\"from\":\"").append(change.from().word());
            data.append("\",\"to\":\"").append(change.to().word());
            data.append("\",\"at\":").append(change.at()).append('}');
            return event("transition", data);
        });
    }

    /** A service that is hidden, now or then, is not told of; that it is hidden from now on looks like its removal. */
    static EventItem saved(Event.Saved event, Service service, ServiceStatus status, EntryJson json) {
        Open open = event.visible() && service.visible()
                ? Open.ALL
                : !event.visible() && event.wasVisible() ? Open.REMOVAL : Open.NOTHING;
        return new EventItem(
                event.id(),
                service.id(),
                service.name(),
                null,
                open,
                withHidden -> event("saved", ofService(service, status, withHidden, json)));
    }

    static EventItem removed(Event.Removed event) {
        Open open = event.visible() ? Open.ALL : Open.NOTHING;
        return new EventItem(
                event.id(),
                event.serviceId(),
                event.name(),
                null,
                open,
                withHidden -> removal(event.serviceId(), event.name()));
    }

    /** A finished check, for those who asked for those of this service; not resumed, so without an id. */
    static String result(BoardEntry entry, boolean withHidden, EntryJson json) {
        StringBuilder data = new StringBuilder("{\"service\":");
        json.append(data, entry, withHidden, null);
        return event("result", data.append('}')) + '\n';
    }

    private static StringBuilder ofService(Service service, ServiceStatus status, boolean withHidden, EntryJson json) {
        StringBuilder data = new StringBuilder("{\"service\":");
        json.append(data, service, status, withHidden);
        return data.append('}');
    }

    private static String removal(String serviceId, String name) {
        StringBuilder data = new StringBuilder("{\"id\":");
        JsonText.quote(data, serviceId);
        data.append(",\"name\":");
        JsonText.quote(data, name);
        return event("removed", data.append('}'));
    }

    /** The lines of an event but for the empty one at its end. JSON as it is written here has no line breaks. */
    static String event(String name, CharSequence data) {
        return "event: " + name + "\ndata: " + data + '\n';
    }

    EventId id() {
        return id;
    }

    String serviceId() {
        return serviceId;
    }

    /** The service's name then. */
    String name() {
        return name;
    }

    /** The status that it had before, if that has changed; null if it is something else that has. */
    @Nullable
    Status from() {
        return from;
    }

    /** Whether an audience hears of it. */
    boolean isFor(boolean withHidden) {
        return withHidden || open != Open.NOTHING;
    }

    /** Whoever does not see hidden services is not told any more, if it is of one of those; but that it is gone is told. */
    void conceal(Set<String> hiddenIds) {
        if (hiddenIds.contains(serviceId) && open == Open.ALL) {
            open = Open.NOTHING;
            forPublic = null;
        }
    }

    /** The lines of the event but for its id and the empty one at its end; empty if the audience is not to hear of it. */
    String text(boolean withHidden) {
        String made = withHidden ? forAll : forPublic;
        if (made == null) {
            made = withHidden ? text.of(true) : publicText();
            if (withHidden) {
                forAll = made;
            } else {
                forPublic = made;
            }
        }
        return made;
    }

    private String publicText() {
        return switch (open) {
            case NOTHING -> "";
            case ALL -> text.of(false);
            case REMOVAL -> removal(serviceId, name);
        };
    }
}
