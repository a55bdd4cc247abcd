package io.openuptimes.web.board;

import java.util.Comparator;

/** The order of groups: by name, and no group last, whatever the direction. */
public final class GroupNames implements Comparator<String> {

    public static final GroupNames FORWARDS = new GroupNames(false);
    public static final GroupNames BACKWARDS = new GroupNames(true);

    private final boolean descending;

    private GroupNames(boolean descending) {
        this.descending = descending;
    }

    @Override
    public int compare(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        int order = ByName.INSTANCE.compare(left, right);
        return descending ? -order : order;
    }
}
