package io.openuptimes.web.list;

import io.openuptimes.model.Service;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.ByName;
import io.openuptimes.web.board.GroupOrder;
import java.util.Comparator;

/**
 * A list entry with its sort values from when the list was built. Cursors use these, not newer ones, which the caller
 * might not be allowed to see.
 *
 * @param place position in name order
 */
record Listed(long value, String group, String name, int place, BoardEntry entry) {

    static Listed of(BoardEntry entry, SortKey sort, int place) {
        Service service = entry.service();
        return new Listed(
                sort.value(entry), sort == SortKey.GROUP ? service.group() : "", service.name(), place, entry);
    }

    /** Compares only immutable values, so any thread may sort with it. */
    static Comparator<Listed> order(ListQuery query, GroupOrder groups) {
        boolean descending = query.descending();
        Comparator<Listed> byPlace = Comparator.comparingInt(Listed::place);
        return switch (query.sort()) {
            case NAME -> descending ? byPlace.reversed() : byPlace;
            case GROUP ->
                Comparator.comparing(Listed::group, groups.in(descending)).thenComparing(byPlace);
            default ->
                ((Comparator<Listed>) (a, b) -> ListPosition.compareValues(a.value(), b.value(), descending))
                        .thenComparing(byPlace);
        };
    }

    ListPosition position(ListQuery query) {
        return new ListPosition(query.sort(), query.descending(), value, group, name());
    }

    /** Whether the entry comes after the position. */
    boolean isAfter(ListPosition position, GroupOrder groups) {
        int order = position.sort() == SortKey.GROUP
                ? groups.in(position.descending()).compare(position.group(), group)
                : ListPosition.compareValues(position.value(), value, position.descending());
        if (order == 0) {
            int names = ByName.INSTANCE.compare(position.name(), name());
            order = position.descending() && position.sort() == SortKey.NAME ? -names : names;
        }
        return order < 0;
    }
}
