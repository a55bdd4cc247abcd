package io.openuptimes.health;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states of many services in arrays, 42 bytes each. What few services have, such as rows of failed checks, is kept
 * beside the arrays. A row belongs to one service from {@link #add} to {@link #free}. Belongs to one event loop.
 */
public final class HealthTable {

    private static final int FIRST_ROWS = 64;

    /** Bits of {@link #kinds}: the form in the lowest two, the known status in the next two. */
    private static final int STATUS_SHIFT = 2;

    private static final int FORM_BITS = 3;

    /** Of rows with an entry in {@link #rest}. */
    private static final int HAS_REST = 16;

    /** Indexed by {@link #code}. */
    private static final Status[] STATUSES = {Status.UNKNOWN, Status.UP, Status.DOWN};

    private Outcome[] outcomes = new Outcome[FIRST_ROWS];
    private long[] lastChecked = new long[FIRST_ROWS];
    private long[] since = new long[FIRST_ROWS];
    private int[] transitions = new int[FIRST_ROWS];
    private int[] intervals = new int[FIRST_ROWS];
    private int[] textHashes = new int[FIRST_ROWS];
    private byte[] kinds = new byte[FIRST_ROWS];
    private int[] tags = new int[FIRST_ROWS];
    private final Map<Integer, Rest> rest = new HashMap<>();
    private int rows;
    /** Head of the list of free rows, which are linked through {@code transitions}; -1 if there are none. */
    private int free = -1;

    private record Rest(int failures, int successes, long pendingSince, List<Long> changes, boolean isFlapping) {

        private static final Rest NONE = new Rest(0, 0, 0, List.of(), false);

        static Rest of(HealthState state) {
            return state.pendingSince() == 0 && state.changes().isEmpty()
                    ? NONE
                    : new Rest(
                            state.failures(),
                            state.successes(),
                            state.pendingSince(),
                            state.changes(),
                            state.isFlapping());
        }
    }

    /** Returns a row that holds {@code state}. */
    public int add(HealthState state) {
        int row = free;
        if (row >= 0) {
            free = transitions[row];
        } else {
            if (rows == outcomes.length) {
                grow();
            }
            row = rows++;
        }
        set(row, state);
        return row;
    }

    private void grow() {
        int size = rows + (rows >> 1);
        outcomes = Arrays.copyOf(outcomes, size);
        lastChecked = Arrays.copyOf(lastChecked, size);
        since = Arrays.copyOf(since, size);
        transitions = Arrays.copyOf(transitions, size);
        intervals = Arrays.copyOf(intervals, size);
        textHashes = Arrays.copyOf(textHashes, size);
        kinds = Arrays.copyOf(kinds, size);
        tags = Arrays.copyOf(tags, size);
    }

    public void set(int row, HealthState state) {
        Rest more = Rest.of(state);
        boolean hasRest = !more.equals(Rest.NONE);
        if (hasRest) {
            rest.put(row, more);
        } else if ((kinds[row] & HAS_REST) != 0) {
            rest.remove(row);
        }
        outcomes[row] = state.outcome();
        lastChecked[row] = state.lastChecked();
        since[row] = state.since();
        transitions[row] = state.transitions();
        intervals[row] = state.interval();
        textHashes[row] = state.textHash();
        kinds[row] = (byte) (state.form().code | code(state.known()) << STATUS_SHIFT | (hasRest ? HAS_REST : 0));
        tags[row] = state.tag();
    }

    private static int code(Status status) {
        return switch (status) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DOWN -> 2;
        };
    }

    public HealthState get(int row) {
        int kind = kinds[row];
        Rest more = (kind & HAS_REST) == 0 ? Rest.NONE : rest.getOrDefault(row, Rest.NONE);
        return new HealthState(
                outcomes[row],
                STATUSES[kind >> STATUS_SHIFT & 3],
                lastChecked[row],
                since[row],
                transitions[row],
                intervals[row],
                textHashes[row],
                Form.ofCode(kind & FORM_BITS),
                more.failures(),
                more.successes(),
                more.pendingSince(),
                more.changes(),
                more.isFlapping(),
                tags[row]);
    }

    /** Returns the row to the table. */
    public void free(int row) {
        rest.remove(row);
        kinds[row] = 0;
        transitions[row] = free;
        free = row;
    }
}
