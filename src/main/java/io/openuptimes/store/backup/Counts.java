package io.openuptimes.store.backup;

import io.vertx.core.json.JsonObject;

/** Number of records of each kind, as the last record of a file states it. */
final class Counts {

    private final long[] counts = new long[Kind.values().length];

    void add(Item item) {
        counts[item.kind().ordinal()]++;
    }

    long of(Kind kind) {
        return counts[kind.ordinal()];
    }

    /** All but the last record. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.END) {
                json.put(kind.name(), of(kind));
            }
        }
        return json;
    }
}
