package io.openuptimes.store.backup;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/** Number of records of each kind, as the last record of a file states it. */
final class RecordCounts {

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void add(Item item) {
        counts.merge(item.kind(), 1L, Long::sum);
    }

    long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** All but the last record. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        for (Kind kind : Kind.values()) {
            boolean isNew = kind == Kind.STATES && of(kind) == 0; // files of the first format do not name it
            if (kind != Kind.END && !isNew) {
                json.put(kind.name(), of(kind));
            }
        }
        return json;
    }
}
