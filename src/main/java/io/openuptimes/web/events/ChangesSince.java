package io.openuptimes.web.events;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.Status;
import io.openuptimes.web.access.Sight;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.StaleLog;
import io.openuptimes.web.board.StaleMark;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes since an earlier response or event, in the event log and the board's log of staleness and of
 * provisional changes.
 */
public final class ChangesSince {

    private final StatusBoard board;
    private final EventLog log;
    private final @Nullable BoardPoint since;
    private final ChangeFilter filter;
    private final Sight sight;
    private final int limit;
    /** End of the part of the log that was searched without a match; -1 before the first search. */
    private long lookedTo = -1;
    /** The same for {@link #lookedAt}, the staleness log. */
    private long staleLookedTo;

    private @Nullable StaleLog lookedAt;

    /**
     * @param since null if the caller's position is invalid
     * @param limit maximum number of services
     */
    ChangesSince(
            StatusBoard board, EventLog log, @Nullable BoardPoint since, ChangeFilter filter, Sight sight, int limit) {
        this.board = board;
        this.log = log;
        this.since = since;
        this.filter = filter;
        this.sight = sight;
        this.limit = limit;
    }

    /** Whether there are any changes, or a reset is needed. */
    public boolean isAny() {
        BoardPoint known = since;
        if (known == null) {
            return true;
        }
        long place = lookedTo < 0 ? log.after(known.event()) : lookedTo;
        if (place < log.first()) {
            return true;
        }
        for (; place < log.end(); place++) {
            EventItem item = log.get(place);
            if (item.id().isAfter(known.event()) && isRelevant(item)) {
                return true;
            }
        }
        lookedTo = place;
        return isAnyStale(known.stale());
    }

    private boolean isAnyStale(@Nullable StaleMark known) {
        StaleLog stale = board.staleLog();
        long place = stale == lookedAt ? staleLookedTo : stale.after(known);
        if (place < stale.first()) {
            return !stale.mayReach(known); // otherwise a reset can wait
        }
        for (; place < stale.end(); place++) {
            if (concerned(stale.get(place)) != null) {
                return true;
            }
        }
        lookedAt = stale;
        staleLookedTo = place;
        return false;
    }

    public Changes read() {
        BoardPoint now = board.progress().point();
        BoardPoint known = since;
        StaleLog stale = board.staleLog();
        long place = known == null ? -1 : log.after(known.event());
        long stalePlace = known == null ? -1 : stale.after(known.stale());
        if (known == null || now == null || place < 0 || stalePlace < 0) {
            BoardPoint begin = now == null ? new BoardPoint(new EventId(0, 0), null) : now;
            return new Changes(true, List.of(), List.of(), begin, false);
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (; place < log.end(); place++) {
            EventItem item = log.get(place);
            if (isRelevant(item)) {
                if (isFull(names, item.serviceId())) {
                    EventId last = log.get(place - 1).id();
                    return changes(names, new BoardPoint(last, stale.mark(stalePlace)), true);
                }
                names.put(item.serviceId(), item.name(sight));
            }
        }
        EventId last = now.event().isAfter(known.event()) ? now.event() : known.event();
        for (; stalePlace < stale.end(); stalePlace++) {
            BoardEntry entry = concerned(stale.get(stalePlace));
            if (entry != null) {
                if (isFull(names, entry.service().id())) {
                    return changes(names, new BoardPoint(last, stale.mark(stalePlace)), true);
                }
                names.putIfAbsent(entry.service().id(), entry.service().name());
            }
        }
        return changes(names, new BoardPoint(last, now.stale()), false);
    }

    private boolean isFull(Map<String, String> names, String id) {
        return names.size() == limit && !names.containsKey(id);
    }

    private Changes changes(Map<String, String> names, BoardPoint upTo, boolean more) {
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
        return new Changes(false, changed, gone, upTo, more);
    }

    private boolean isWanted(BoardEntry entry) {
        return sight.sees(entry.service()) && filter.matches(entry);
    }

    /** Also true if the event made the service stop matching: the caller has to drop it. */
    private boolean isRelevant(EventItem item) {
        if (item.isProvisional()
                || !item.isOfService()
                || !item.isFor(sight)) { // the log of staleness reports provisional changes
            return false;
        }
        BoardEntry entry = board.findById(item.serviceId());
        Status before = item.from();
        return entry == null || before == null || isWanted(entry) || filter.matched(entry, before);
    }

    /**
     * The service that became stale or fresh again; null if it does not concern the caller or is gone, which has its
     * own event.
     */
    private @Nullable BoardEntry concerned(String serviceId) {
        BoardEntry entry = board.findById(serviceId);
        return entry != null && sight.sees(entry.service()) && filter.mayMatch(entry) ? entry : null;
    }
}
