package io.openuptimes.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of services.
 *
 * <p>Made on the event loop, so it must be quick with very many: one pass over the board, and the matching ones are
 * sorted as numbers, each made of what it is sorted by and of its place in the order of the names, which the board has.
 *
 * @param counts of all services that the caller may see
 * @param matching how many the list has
 * @param offset of the page's first entry in the list
 * @param cursor for the next page; null on the last
 * @param entries of this page
 * @param groups those with a matching service, by name, services without a group last; null unless asked for
 */
record ListPage(
        Counts counts,
        int matching,
        int offset,
        @Nullable String cursor,
        List<BoardEntry> entries,
        @Nullable List<Group> groups) {

    /** What has no value is sorted as this one. A time takes 42 bits until the year 2109. */
    private static final long LAST = (1L << 42) - 1;

    /** The totals of a whole group, and how many of it match. */
    static final class Group {
        final String name;
        final Counts counts = new Counts();
        int matching;
        /** In the order of the groups. */
        int rank;

        Group(String name) {
            this.name = name;
        }
    }

    /**
     * @param board every service, in the order of their names
     * @param withHidden whether the caller may see hidden ones
     * @param withUrl whether the text that is sought may be in the URL
     */
    static ListPage of(List<BoardEntry> board, ListQuery query, boolean withHidden, boolean withUrl) {
        boolean grouping = query.withGroups() || query.sort() == SortKey.GROUP;
        Counts counts = new Counts();
        Map<String, Group> groups = new HashMap<>();
        List<BoardEntry> matching = new ArrayList<>();
        for (BoardEntry entry : board) {
            if (!withHidden && !entry.service().visible()) {
                continue;
            }
            counts.add(entry);
            Group group = grouping ? groups.computeIfAbsent(entry.service().group(), Group::new) : null;
            if (group != null) {
                group.counts.add(entry);
            }
            if (matches(entry, query, withUrl)) {
                matching.add(entry);
                if (group != null) {
                    group.matching++;
                }
            }
        }
        List<Group> ordered = ordered(groups, query);
        int[] order = order(matching, query, groups);
        int from = from(matching, order, query);
        int to = (int) Math.min(order.length, (long) from + query.limit());
        List<BoardEntry> entries = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            entries.add(matching.get(order[i]));
        }
        String cursor = to < order.length && to > from
                ? ListPosition.of(query.sort(), query.descending(), entries.get(to - from - 1))
                        .cursor()
                : null;
        return new ListPage(counts, matching.size(), from, cursor, entries, query.withGroups() ? ordered : null);
    }

    private static boolean matches(BoardEntry entry, ListQuery query, boolean withUrl) {
        return (query.states().isEmpty() || query.states().contains(Shown.of(entry)))
                && (query.groups().isEmpty()
                        || query.groups().contains(entry.service().group()))
                && (query.names().isEmpty()
                        || query.names().contains(entry.service().name()))
                && (query.sought().isEmpty()
                        || entry.mentions(query.sought())
                        || (withUrl && entry.urlMentions(query.sought())));
    }

    /** By name, the empty one last. Ranks them the way the list is sorted. */
    private static List<Group> ordered(Map<String, Group> groups, ListQuery query) {
        List<Group> all = new ArrayList<>(groups.values());
        all.sort((a, b) -> ListPosition.compareGroups(a.name, b.name, query.descending()));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).rank = i;
        }
        all.removeIf(group -> group.matching == 0);
        all.sort((a, b) -> ListPosition.compareGroups(a.name, b.name, false));
        return all;
    }

    /** The places of the matching ones in the order of names, in the order that is wanted. */
    private static int[] order(List<BoardEntry> matching, ListQuery query, Map<String, Group> groups) {
        int size = matching.size();
        int[] order = new int[size];
        if (query.sort() == SortKey.NAME) {
            Arrays.setAll(order, i -> query.descending() ? size - 1 - i : i);
            return order;
        }
        // beside 42 bits of value there is room for two million places
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size);
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = key(matching.get(i), query, groups) << bits | i;
        }
        Arrays.sort(keys);
        long mask = (1L << bits) - 1;
        Arrays.setAll(order, i -> (int) (keys[i] & mask));
        return order;
    }

    private static long key(BoardEntry entry, ListQuery query, Map<String, Group> groups) {
        if (query.sort() == SortKey.GROUP) {
            Group group = groups.get(entry.service().group());
            return group == null ? LAST : group.rank;
        }
        long value = query.sort().value(entry);
        if (value == SortKey.NONE) {
            return LAST;
        }
        return query.descending() ? LAST - 1 - value : value;
    }

    /** Where the page begins: the first entry after the cursor's place is found by halving. */
    private static int from(List<BoardEntry> matching, int[] order, ListQuery query) {
        ListPosition after = query.after();
        if (after == null) {
            return Math.min(query.offset(), order.length);
        }
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (after.isBefore(matching.get(order[middle]))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
