package io.openuptimes.web.events;

import io.openuptimes.bus.Event;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.EntryJson;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reconstructs the items of events from before this instance started, as far as they still matter. Services appear in
 * their current state; for one that is gone, only its removal or hiding is reported.
 */
final class EventPast {

    private final StatusBoard board;
    private final EntryJson json;
    /** Whether a service was visible before the events processed so far, going from newest to oldest. */
    private final Map<String, Boolean> visible = new HashMap<>();
    /** Status of a service before the earliest transition processed so far. */
    private final Map<String, Status> from = new HashMap<>();

    /**
     * @param board already includes these events
     */
    EventPast(StatusBoard board, EntryJson json) {
        this.board = board;
        this.json = json;
    }

    /**
     * @param events oldest first
     */
    List<EventItem> items(List<Event> events) {
        List<ServiceStatus> before = statusesBefore(events);
        Deque<EventItem> items = new ArrayDeque<>(events.size());
        for (int i = events.size() - 1; i >= 0; i--) {
            Event event = events.get(i);
            if (event instanceof Event.Removed removed) {
                visible.put(removed.serviceId(), removed.visible());
                items.addFirst(EventItem.removed(removed));
            } else if (event instanceof Event.Turned turned) {
                turned(turned, items);
            } else if (event instanceof Event.Saved saved) {
                saved(saved, before.get(i), items);
            } else if (event instanceof Event.NodeTurned node) {
                items.addFirst(EventItem.node(node));
            }
        }
        return List.copyOf(items);
    }

    /**
     * The service's status before each saved event, from the latest transition before it; unchecked if there is none.
     */
    private static List<ServiceStatus> statusesBefore(List<Event> events) {
        Map<String, ServiceStatus> latest = new HashMap<>();
        List<ServiceStatus> statuses = new ArrayList<>(events.size());
        for (Event event : events) {
            if (event instanceof Event.Turned turned) {
                latest.put(turned.transition().serviceId(), turned.status());
                statuses.add(turned.status());
            } else {
                String id = event instanceof Event.Saved saved ? saved.serviceId() : "";
                statuses.add(latest.getOrDefault(id, ServiceStatus.unchecked(id)));
            }
        }
        return statuses;
    }

    private void turned(Event.Turned event, Deque<EventItem> items) {
        String id = event.transition().serviceId();
        BoardEntry entry = board.findById(id);
        if (entry != null) {
            from.put(id, event.transition().from());
            if (!entry.service().paused()) {
                boolean open = entry.service().visible()
                        && visible.getOrDefault(id, true)
                        && event.visibility() != Event.Visibility.HIDDEN;
                items.addFirst(EventItem.transition(event, entry.service(), open, json));
            }
        }
    }

    private void saved(Event.Saved event, ServiceStatus before, Deque<EventItem> items) {
        BoardEntry entry = board.findById(event.serviceId());
        if (entry == null && EventItem.disappeared(event)) {
            items.addFirst(EventItem.hidden(event));
        } else if (entry != null) {
            // the current status, unless a later transition reports it
            Status turnedFrom = from.get(event.serviceId());
            boolean knownThen = turnedFrom == Status.UNKNOWN || before.status() == turnedFrom;
            ServiceStatus status = turnedFrom != null && knownThen ? before : entry.status();
            visible.put(event.serviceId(), event.wasVisible());
            items.addFirst(EventItem.saved(event, entry.service(), status, json));
        }
    }
}
