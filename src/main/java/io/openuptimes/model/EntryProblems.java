package io.openuptimes.model;

import io.openuptimes.model.EntryProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems of list entries: counts all, keeps the first ones. */
public final class EntryProblems {

    /** Number of problems kept; more would not help the caller. */
    static final int MAX_KEPT = 1_000;

    private final List<EntryProblem> kept = new ArrayList<>();
    private int total;
    private Kind kind = Kind.CONFLICT;

    /** The entry itself is invalid. */
    public void add(int index, @Nullable String name, Problem problem) {
        add(new EntryProblem(index, name, problem, Kind.INVALID));
    }

    /** The entry conflicts with stored data. */
    public void addConflict(int index, @Nullable String name, Problem problem) {
        add(new EntryProblem(index, name, problem, Kind.CONFLICT));
    }

    /** The caller may not create or change the entry. */
    public void addForbidden(int index, @Nullable String name, String field, String problem) {
        add(new EntryProblem(index, name, Problem.of(field, problem), Kind.FORBIDDEN));
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

    /** Total number, including those not kept. */
    public int total() {
        return total;
    }

    /** The overall category: a conflict only if every problem is one. */
    public Kind kind() {
        return kind;
    }

    public List<EntryProblem> kept() {
        return List.copyOf(kept);
    }
}
