package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.BoardPoint;
import io.openuptimes.web.board.BoardWalk;
import io.openuptimes.web.board.GroupOrder;
import io.openuptimes.web.board.Segment;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.board.StatusBoard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a list's entries in one pass over the board. */
final class ListPass extends BoardWalk {

    private final ListQuery query;
    private final ListMatcher matcher;
    private final boolean withHidden;
    private final @Nullable BoardPoint upTo;
    private final List<Listed> found = new ArrayList<>();
    private final Map<String, Integer> byGroup = new HashMap<>();
    private final @Nullable LabelTally labels;
    private final @Nullable Census census;

    ListPass(StatusBoard board, ListQuery query, boolean withHidden, Disclosure disclosure) {
        super(board);
        this.query = query;
        this.matcher = new ListMatcher(query, withHidden, disclosure);
        this.withHidden = withHidden;
        this.labels = query.withLabels() ? new LabelTally() : null;
        this.census = query.isConfined() ? new Census() : null;
        this.upTo = board.progress().point(); // later events may or may not be on the list
    }

    @Override
    protected void visit(Segment segment, int from) {
        if (census == null
                && !query.states().isEmpty()
                && query.states().stream().allMatch(state -> hasNone(segment, state))) {
            return;
        }
        for (int i = from; i < segment.size(); i++) {
            look(segment.get(i));
        }
    }

    private boolean hasNone(Segment segment, Shown state) {
        return segment.tally().of(withHidden).of(state) == 0;
    }

    /** Adds the entry if it matches. Call this in name order. */
    void look(BoardEntry entry) {
        if (census != null && query.within().matches(entry.service().labels())) {
            census.add(entry);
        }
        if ((withHidden || entry.service().visible()) && matcher.matches(entry)) {
            found.add(Listed.of(entry, query.sort(), found.size()));
            if (query.withGroups()) {
                byGroup.merge(entry.service().group(), 1, Integer::sum);
            }
            if (labels != null) {
                labels.add(entry.service().labels());
            }
        }
    }

    int size() {
        return found.size();
    }

    /** The result, after the pass; callable on any thread. */
    ServiceList sorted(GroupOrder groups) {
        if (query.sort() != SortKey.NAME || query.descending()) {
            found.sort(Listed.order(query, groups));
        }
        return new ServiceList(found, groups, byGroup, labels == null ? null : labels.keys(), census, upTo);
    }
}
