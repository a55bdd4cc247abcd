package io.openuptimes.web.list;

import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.GroupOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Counts, in total and by group, of the services that a confined caller can see; the board's counts include others. */
final class Census {

    private final Counts all = new Counts();
    private final TreeMap<String, Counts> groups = new TreeMap<>(GroupOrder.BY_NAME.forwards());

    void add(BoardEntry entry) {
        all.add(entry);
        groups.computeIfAbsent(entry.service().group(), name -> new Counts()).add(entry);
    }

    Counts all() {
        return all;
    }

    /**
     * @param matching number of a group's services on the list; groups with none are omitted
     */
    List<ListPage.Group> groups(ToIntFunction<String> matching) {
        List<ListPage.Group> found = new ArrayList<>();
        groups.forEach((name, counts) -> {
            int of = matching.applyAsInt(name);
            if (of > 0) {
                found.add(new ListPage.Group(name, counts, of));
            }
        });
        return found;
    }
}
