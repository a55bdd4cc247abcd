package io.openuptimes.web.board;

import io.openuptimes.web.http.Slices;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all entries of a board in name order, in slices. The board may change between slices; entries that keep
 * their place are visited exactly once.
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
     * @param from index of the first entry to visit
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
