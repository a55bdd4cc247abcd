package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of services.
 *
 * @param counts of all services that the caller can see; the board's own object, not a copy
 * @param matching length of the list
 * @param offset position of the page's first entry in the list
 * @param cursor for the next page; null on the last
 * @param entries of this page
 * @param groups with at least one matching service, in their {@link GroupOrder}, ungrouped services last; null unless
 *     requested
 * @param labels label keys with their values, sorted by key; null unless requested
 * @param upTo the page includes all events up to this point
 */
public record ListPage(
        Counts counts,
        int matching,
        int offset,
        @Nullable String cursor,
        List<BoardEntry> entries,
        @Nullable List<Group> groups,
        @Nullable List<Label> labels,
        @Nullable BoardPoint upTo) {

    /** A group's total counts, and the number of its services that match. */
    record Group(String name, Counts counts, int matching) {}

    /**
     * A label key.
     *
     * @param values sorted
     * @param more whether there are further values
     */
    record Label(String key, List<String> values, boolean more) {}

    /** All services by name, in either direction. */
    static ListPage byName(StatusBoard board, ListQuery query, boolean withHidden, GroupOrder groupOrder) {
        Counts counts = board.counts(withHidden);
        int total = counts.total();
        ListPosition after = query.after();
        int offset;
        if (after == null) {
            offset = Math.min(query.offset(), total);
        } else {
            int rank = board.rank(after.name(), !query.descending(), withHidden);
            offset = query.descending() ? total - rank : rank;
        }
        int end = (int) Math.min(total, (long) offset + query.limit());
        List<BoardEntry> entries = query.descending()
                ? board.range(total - end, total - offset, withHidden)
                : board.range(offset, end, withHidden);
        if (query.descending()) {
            Collections.reverse(entries);
        }
        String cursor = end < total && !entries.isEmpty()
                ? ListPosition.ofName(
                                query.descending(),
                                entries.get(entries.size() - 1).service().name())
                        .cursor()
                : null;
        return new ListPage(
                counts,
                total,
                offset,
                cursor,
                entries,
                query.withGroups() ? ordered(groups(board, withHidden, name -> -1), groupOrder) : null,
                null,
                board.progress().point());
    }

    static List<Group> ordered(List<Group> groups, GroupOrder order) {
        groups.sort(Comparator.comparing(Group::name, order.forwards()));
        return groups;
    }

    /**
     * Whether a service is on the list, whatever the page.
     *
     * @param withHidden whether the caller sees hidden services and therefore labels
     * @param disclosure how much of a URL is searched
     */
    public static boolean matches(BoardEntry entry, ListQuery query, boolean withHidden, Disclosure disclosure) {
        return new ListMatcher(query, withHidden, disclosure).matches(entry);
    }

    /**
     * @param matching number of a group's services that match; -1 for all
     */
    static List<Group> groups(StatusBoard board, boolean withHidden, ToIntFunction<String> matching) {
        List<Group> groups = new ArrayList<>();
        board.groups().forEach((name, tally) -> {
            Counts counts = tally.of(withHidden);
            int some = matching.applyAsInt(name);
            int of = some < 0 ? counts.total() : some;
            if (of > 0) {
                groups.add(new Group(name, counts, of));
            }
        });
        return groups;
    }
}
