package io.openuptimes.health;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.Outcome;
import java.util.Arrays;

/**
 * The states of many services in arrays, 41 bytes each. A row belongs to one service from {@link #add} to
 * {@link #free}. Belongs to one event loop.
 */
public final class HealthTable {

    private static final int FIRST_ROWS = 64;

    private Outcome[] outcomes = new Outcome[FIRST_ROWS];
    private long[] lastChecked = new long[FIRST_ROWS];
    private long[] since = new long[FIRST_ROWS];
    private int[] transitions = new int[FIRST_ROWS];
    private int[] intervals = new int[FIRST_ROWS];
    private int[] textHashes = new int[FIRST_ROWS];
    private byte[] forms = new byte[FIRST_ROWS];
    private int[] tags = new int[FIRST_ROWS];
    private int rows;
    /** Head of the list of free rows, which are linked through {@code transitions}; -1 if there are none. */
    private int free = -1;

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
        forms = Arrays.copyOf(forms, size);
        tags = Arrays.copyOf(tags, size);
    }

    public void set(int row, HealthState state) {
        outcomes[row] = state.outcome();
        lastChecked[row] = state.lastChecked();
        since[row] = state.since();
        transitions[row] = state.transitions();
        intervals[row] = state.interval();
        textHashes[row] = state.textHash();
        forms[row] = state.form().code;
        tags[row] = state.tag();
    }

    public HealthState get(int row) {
        return new HealthState(
                outcomes[row],
                lastChecked[row],
                since[row],
                transitions[row],
                intervals[row],
                textHashes[row],
                Form.ofCode(forms[row]),
                tags[row]);
    }

    /** Returns the row to the table. */
    public void free(int row) {
        transitions[row] = free;
        free = row;
    }
}
