package io.openuptimes.web.list;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All services that match a query, in its order, at the time the list was built. Pages are cut from it.
 *
 * @param entries sorted
 * @param order group order used for sorting by group
 * @param byGroup number of entries per group; empty unless requested
 * @param labels labels of the entries; null unless requested
 * @param census counts for a confined caller; null for callers that use the board's counts
 * @param upTo the list includes all events up to this point
 */
record ServiceList(
        List<Listed> entries,
        GroupOrder order,
        Map<String, Integer> byGroup,
        @Nullable List<ListPage.Label> labels,
        @Nullable Census census,
        @Nullable BoardPoint upTo) {

    /**
     * @param query the list's query, with any page
     * @param groupOrder order of the group totals
     */
    ListPage page(StatusBoard board, ListQuery query, boolean withHidden, GroupOrder groupOrder) {
        ListPosition after = query.after();
        int offset = after == null ? Math.min(query.offset(), entries.size()) : firstAfter(after);
        List<Listed> cut = entries.subList(offset, (int) Math.min(entries.size(), (long) offset + query.limit()));
        List<BoardEntry> shown = new ArrayList<>(cut.size());
        Set<String> ids = new HashSet<>();
        for (Listed one : cut) {
            boolean open = withHidden || one.entry().service().visible(); // may have been hidden since
            // a service renamed during the pass may appear twice
            if (open && ids.add(one.entry().service().id())) {
                shown.add(one.entry());
            }
        }
        String cursor = cut.isEmpty() || offset + cut.size() >= entries.size()
                ? null
                : cut.get(cut.size() - 1).position(query).cursor();
        return new ListPage(
                census == null ? board.counts(withHidden) : census.all(),
                entries.size(),
                offset,
                cursor,
                shown,
                query.withGroups() ? groups(board, withHidden, groupOrder) : null,
                labels,
                upTo);
    }

    private List<ListPage.Group> groups(StatusBoard board, boolean withHidden, GroupOrder groupOrder) {
        ToIntFunction<String> matching = name -> byGroup.getOrDefault(name, 0);
        List<ListPage.Group> found =
                census == null ? ListPage.groups(board, withHidden, matching) : census.groups(matching);
        return ListPage.ordered(found, groupOrder);
    }

    private int firstAfter(ListPosition position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).isAfter(position, order)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
