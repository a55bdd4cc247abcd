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
 * All services that somebody asked for, in the order asked for, as the board was when it was made: what pages are cut
 * from.
 *
 * @param entries sorted
 * @param order of the groups by which they are, if they are sorted by group
 * @param byGroup how many of each group are on it; empty where nobody wants to know
 * @param labels of those on it; null where nobody wants to know
 * @param census of the services that a confined caller sees; null for callers for whom the board's counts are right
 * @param upTo whatever happened up to there is on it
 */
record ServiceList(
        List<Listed> entries,
        GroupOrder order,
        Map<String, Integer> byGroup,
        @Nullable List<ListPage.Label> labels,
        @Nullable Census census,
        @Nullable BoardPoint upTo) {

    /**
     * @param query that it was made for, whatever its page
     * @param groupOrder of the groups' totals
     */
    ListPage page(StatusBoard board, ListQuery query, boolean withHidden, GroupOrder groupOrder) {
        ListPosition after = query.after();
        int offset = after == null ? Math.min(query.offset(), entries.size()) : firstAfter(after);
        List<Listed> cut = entries.subList(offset, (int) Math.min(entries.size(), (long) offset + query.limit()));
        List<BoardEntry> shown = new ArrayList<>(cut.size());
        Set<String> ids = new HashSet<>();
        for (Listed one : cut) {
            boolean open = withHidden || one.entry().service().visible(); // it may have been hidden since
            // renamed while the list was made, it may be there twice
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
