package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.Status;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what has changed since an event that a caller knows, from the log that event streams live on. */
public final class ChangesSince {

    private final StatusBoard board;
    private final EventLog log;
    private final @Nullable EventId since;
    private final ChangeFilter filter;
    private final boolean withHidden;
    private final int limit;
    /** Up to here there was nothing; -1 before it was looked for. */
    private long lookedTo = -1;

    /**
     * @param since null for an id that is none
     * @param limit services at most
     */
    ChangesSince(
            StatusBoard board,
            EventLog log,
            @Nullable EventId since,
            ChangeFilter filter,
            boolean withHidden,
            int limit) {
        this.board = board;
        this.log = log;
        this.since = since;
        this.filter = filter;
        this.withHidden = withHidden;
        this.limit = limit;
    }

    /** Whether there is anything to tell, that everything is to be loaded included. */
    public boolean isAny() {
        EventId known = since;
        if (known == null) {
            return true;
        }
        long place = lookedTo < 0 ? log.after(known) : lookedTo;
        if (place < log.first()) {
            return true;
        }
        for (; place < log.end(); place++) {
            EventItem item = log.get(place);
            if (item.id().isAfter(known) && isRelevant(item)) {
                return true;
            }
        }
        lookedTo = place;
        return false;
    }

    public Changes read() {
        EventId upTo = board.upTo();
        EventId known = since;
        long place = known == null ? -1 : log.after(known);
        if (known == null || upTo == null || place < 0) {
            return new Changes(true, List.of(), List.of(), upTo == null ? new EventId(0, 0) : upTo, false);
        }
        Map<String, String> names = new LinkedHashMap<>();
        EventId last = upTo.isAfter(known) ? upTo : known;
        boolean more = false;
        for (; place < log.end(); place++) {
            EventItem item = log.get(place);
            if (isRelevant(item)) {
                if (names.size() == limit && !names.containsKey(item.serviceId())) {
                    last = log.get(place - 1).id();
                    more = true;
                    break;
                }
                names.put(item.serviceId(), item.name());
            }
        }
        List<BoardEntry> changed = new ArrayList<>();
        List<Changes.Gone> gone = new ArrayList<>();
        names.forEach((id, name) -> {
            BoardEntry entry = board.findById(id);
            if (entry != null && isWanted(entry)) {
                changed.add(entry);
            } else {
                gone.add(new Changes.Gone(id, name));
            }
        });
        return new Changes(false, changed, gone, last, more);
    }

    private boolean isWanted(BoardEntry entry) {
        return (withHidden || entry.service().visible()) && filter.matches(entry);
    }

    /** Also where it has made the service one that is not wanted: the caller has it no more, then. */
    private boolean isRelevant(EventItem item) {
        if (!item.isFor(withHidden)) {
            return false;
        }
        BoardEntry entry = board.findById(item.serviceId());
        Status before = item.from();
        return entry == null || before == null || isWanted(entry) || filter.matched(entry, before);
    }
}
