package io.openuptimes.web.board;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries by service id, in many small maps, so that no resize takes long with a million entries. */
final class ById {

    private static final int MAPS = 256;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private final Map<String, BoardEntry>[] maps = new Map[MAPS];

    private int size;

    ById() {
        for (int i = 0; i < MAPS; i++) {
            maps[i] = new HashMap<>(4);
        }
    }

    private Map<String, BoardEntry> of(String id) {
        int hash = id.hashCode() * 0x9E3779B9; // selects by other bits than the maps themselves
        return maps[hash >>> 24];
    }

    @Nullable
    BoardEntry get(String id) {
        return of(id).get(id);
    }

    void put(BoardEntry entry) {
        if (of(entry.service().id()).put(entry.service().id(), entry) == null) {
            size++;
        }
    }

    @Nullable
    BoardEntry remove(String id) {
        BoardEntry removed = of(id).remove(id);
        if (removed != null) {
            size--;
        }
        return removed;
    }

    int size() {
        return size;
    }
}
