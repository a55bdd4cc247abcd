package io.openuptimes.store.backup;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of records in a backup file. Codes are never reused. */
enum Kind {
    /** A service's id, name and JSON. */
    SERVICE(1, 3, 0),
    /** Id of a service or its location; its status and certificate, empty for none; fields and values of its rollup. */
    PAST(2, 3, 2),
    /** Id of a service or its location; the day; its history and peers, empty for none. */
    DAY(3, 4, 0),
    /** Id of a service deleted while the backup was written; everything else about it in the file is ignored. */
    GONE(4, 1, 0),
    /** Name of a string, and its value. */
    VALUE(5, 2, 0),
    /** Name of a hash; fields and values. */
    HASH(6, 1, 2),
    /** Name of a set; members. */
    SET(7, 1, 1),
    /** Name of a stream; an entry's id; fields and values. */
    ENTRY(8, 2, 2),
    /** Id of a service or its location; the period of its state log, and that part of the log. */
    STATES(10, 3, 0),
    /** The last record: JSON with the numbers of records, see {@link RecordCounts}. */
    END(9, 1, 0);

    /** Maximum number of parts, so that a file cannot demand any amount of memory. */
    private static final int MAX_PARTS = 1 << 22;

    private static final Map<Integer, Kind> BY_CODE = new HashMap<>();

    static {
        for (Kind kind : values()) {
            BY_CODE.put(kind.code, kind);
        }
    }

    private final int code;
    private final int fixed;
    private final int group;

    /**
     * @param fixed number of leading parts
     * @param group size of the groups in which further parts come; 0 if there are none
     */
    Kind(int code, int fixed, int group) {
        this.code = code;
        this.fixed = fixed;
        this.group = group;
    }

    int code() {
        return code;
    }

    static @Nullable Kind of(int code) {
        return BY_CODE.get(code);
    }

    /** Whether a record of this kind can have this number of parts. */
    boolean mayHave(int parts) {
        return group == 0 ? parts == fixed : parts >= fixed && parts <= MAX_PARTS && (parts - fixed) % group == 0;
    }
}
