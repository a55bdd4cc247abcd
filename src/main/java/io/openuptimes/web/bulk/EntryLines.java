package io.openuptimes.web.bulk;

import java.util.Arrays;

/** In which line of the body each entry begins, for messages; unknown in forms that do not count lines. */
public final class EntryLines {

    private int[] lines = new int[0];
    private int size;

    /** The next entry begins there. */
    void add(int line) {
        if (size == lines.length) {
            lines = Arrays.copyOf(lines, Math.max(16, size * 2));
        }
        lines[size++] = line;
    }

    /**
     * @param index of the entry, from 0
     * @return from 1; 0 if it is not known
     */
    public int of(int index) {
        return index < size ? lines[index] : 0;
    }
}
