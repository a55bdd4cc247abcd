package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import org.jspecify.annotations.Nullable;

/** Something that happened, as event streams tell it: rendered once for those who see hidden services, once for the others. */
final class EventItem {

    private interface Text {
        /** Empty where that audience is not to hear of it. */
        String of(boolean withHidden);
    }

    private final EventId id;
    private final String serviceId;
    private final Text text;
    private @Nullable String forAll;
    private @Nullable String forPublic;

    private EventItem(EventId id, Service service, Text text) {
        this.id = id;
        this.serviceId = service.id();
        this.text = text;
    }

    static EventItem transition(EventId id, Transition change, Service service, ServiceStatus status, EntryJson json) {
        return new EventItem(id, service, withHidden -> {
            if (!withHidden && !service.visible()) {
                return "";
            }
            StringBuilder data = new StringBuilder("{\"service\":");
            json.append(data, service, status, withHidden);
            data.append(",\"from\":\"").append(change.from().word());
            data.append("\",\"to\":\"").append(change.to().word());
            data.append("\",\"at\":").append(change.at()).append('}');
            return event("transition", data);
        });
    }

    /**
     * @param wasVisible whether callers without a key saw the service before
     */
    static EventItem saved(EventId id, Service service, ServiceStatus status, boolean wasVisible, EntryJson json) {
        return new EventItem(id, service, withHidden -> {
            if (withHidden || service.visible()) {
                return event("saved", ofService(service, status, withHidden, json));
            }
            return wasVisible ? removal(service) : "";
        });
    }

    static EventItem removed(EventId id, Service service) {
        return new EventItem(id, service, withHidden -> withHidden || service.visible() ? removal(service) : "");
    }

    /** A finished check, for those who asked for those of this service; not resumed, so without an id. */
    static String result(Service service, ServiceStatus status, boolean withHidden, EntryJson json) {
        return event("result", ofService(service, status, withHidden, json)) + '\n';
    }

    private static StringBuilder ofService(Service service, ServiceStatus status, boolean withHidden, EntryJson json) {
        StringBuilder data = new StringBuilder("{\"service\":");
        json.append(data, service, status, withHidden);
        return data.append('}');
    }

    private static String removal(Service service) {
        StringBuilder data = new StringBuilder("{\"id\":");
        JsonText.quote(data, service.id());
        data.append(",\"name\":");
        JsonText.quote(data, service.name());
        return event("removed", data.append('}'));
    }

    /** The lines of an event but for the empty one at its end. JSON as it is written here has no line breaks. */
    static String event(String name, CharSequence data) {
        return "event: " + name + "\ndata: " + data + '\n';
    }

    EventId id() {
        return id;
    }

    /** Whoever does not see hidden services is not told any more, if it is of that one. */
    void conceal(String hiddenId) {
        if (serviceId.equals(hiddenId)) {
            forPublic = "";
        }
    }

    /** The lines of the event but for its id and the empty one at its end; empty if the audience is not to hear of it. */
    String text(boolean withHidden) {
        String made = withHidden ? forAll : forPublic;
        if (made == null) {
            made = text.of(withHidden);
            if (withHidden) {
                forAll = made;
            } else {
                forPublic = made;
            }
        }
        return made;
    }
}
