package io.openuptimes.web.board;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A walk over all that is on a board in the order of names, in slices, between which the board may change: whatever
 * stays where it is is met once.
 */
public abstract class BoardWalk implements Slices.Work {

    private final Supplier<Contents> contents;
    private @Nullable Segments known;
    private long structure;
    private int index;
    private @Nullable String last;

    protected BoardWalk(StatusBoard board) {
        this(board::contents);
    }

    BoardWalk(Supplier<Contents> contents) {
        this.contents = contents;
    }

    /**
     * @param from the first of its entries that is to be looked at
     */
    protected abstract void visit(Segment segment, int from);

    @Override
    public final boolean step(long until) {
        Segments segments = contents.get().segments();
        int from = 0;
        if (last != null && (segments != known || segments.structure() != structure) && segments.count() > 0) {
            index = segments.indexFor(last);
            from = segments.get(index).place(last, true);
        }
        known = segments;
        structure = segments.structure();
        while (index < segments.count()) {
            Segment segment = segments.get(index++);
            visit(segment, from);
            from = 0;
            last = segment.get(segment.size() - 1).service().name();
            if (System.nanoTime() >= until) {
                break;
            }
        }
        return index >= segments.count();
    }
}
