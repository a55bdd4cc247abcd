package io.openuptimes.web.board;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of groups: configured groups first, then the others by name; services without a group come last in either
 * direction. Instances compare by identity; use {@link #isOf} to compare the configured groups.
 */
public final class GroupOrder {

    public static final GroupOrder BY_NAME = new GroupOrder(List.of());

    private final List<String> first;
    private final Comparator<String> forwards;
    private final Comparator<String> backwards;

    private GroupOrder(List<String> first) {
        this.first = List.copyOf(first);
        Map<String, Integer> ranks = new HashMap<>();
        first.forEach(name -> ranks.putIfAbsent(name, ranks.size()));
        Comparator<String> named = ranks.isEmpty()
                ? ByName.INSTANCE
                : Comparator.<String>comparingInt(name -> ranks.getOrDefault(name, Integer.MAX_VALUE))
                        .thenComparing(ByName.INSTANCE);
        Comparator<String> ungrouped = Comparator.comparing(String::isEmpty);
        forwards = ungrouped.thenComparing(named);
        backwards = ungrouped.thenComparing(named.reversed());
    }

    /**
     * @param first names of the groups that come before all others
     */
    public static GroupOrder of(List<String> first) {
        return first.isEmpty() ? BY_NAME : new GroupOrder(first);
    }

    /** Returns whether these are the groups that come first. */
    public boolean isOf(List<String> names) {
        return first.equals(names);
    }

    public Comparator<String> forwards() {
        return forwards;
    }

    public Comparator<String> in(boolean descending) {
        return descending ? backwards : forwards;
    }
}
