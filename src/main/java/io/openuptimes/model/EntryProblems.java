package io.openuptimes.model;

import io.openuptimes.model.EntryProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with many entries: all of it is counted, the first of it kept. */
public final class EntryProblems {

    /** Kept at most; a caller who has read so many does not want more. */
    static final int MAX_KEPT = 1_000;

    private final List<EntryProblem> kept = new ArrayList<>();
    private int total;
    private Kind kind = Kind.CONFLICT;

    /** The entry itself is wrong. */
    public void add(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, field, problem, Kind.INVALID));
    }

    /** The entry cannot be, for what is stored. */
    public void addConflict(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, field, problem, Kind.CONFLICT));
    }

    /** The caller may not make or change the entry. */
    public void addForbidden(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, field, problem, Kind.FORBIDDEN));
    }

    private void add(EntryProblem problem) {
        total++;
        if (problem.kind().compareTo(kind) < 0) {
            kind = problem.kind();
        }
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

    /** What is wrong, all taken together; a conflict only if each is one. */
    public Kind kind() {
        return kind;
    }

    public List<EntryProblem> kept() {
        return List.copyOf(kept);
    }
}
