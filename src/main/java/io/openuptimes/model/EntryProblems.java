package io.openuptimes.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with many entries: all of it is counted, the first of it kept. */
public final class EntryProblems {

    /** Kept at most; a caller who has read so many does not want more. */
    static final int MAX_KEPT = 1_000;

    private final List<EntryProblem> kept = new ArrayList<>();
    private int total;
    private boolean conflictsOnly = true;

    /** The entry itself is wrong. */
    public void add(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, field, problem, false));
    }

    /** The entry cannot be, for what is stored. */
    public void addConflict(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, field, problem, true));
    }

    private void add(EntryProblem problem) {
        total++;
        conflictsOnly &= problem.conflict();
        if (kept.size() < MAX_KEPT) {
            kept.add(problem);
        }
    }

    public boolean isEmpty() {
        return total == 0;
    }

    /** How many there are, those that are not kept included. */
    public int total() {
        return total;
    }

    /** Whether every single one is a conflict. */
    public boolean conflictsOnly() {
        return conflictsOnly;
    }

    public List<EntryProblem> kept() {
        return List.copyOf(kept);
    }
}
