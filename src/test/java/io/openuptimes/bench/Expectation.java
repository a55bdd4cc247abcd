package io.openuptimes.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The expected check results of a service over time. Verdicts are {@code up} or a failure class. */
final class Expectation {

    /** Tolerance between the times of a check and of a change. */
    private static final long TOLERANCE_MS = 100;

    /** Any verdict is allowed from {@code begun} to {@code ended}; after that, only these. */
    private record Change(long begun, long ended, Set<String> verdicts) {}

    final JsonObject service;
    private final Set<String> first;
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    Expectation(JsonObject service, Set<String> verdicts) {
        this.service = service;
        this.first = verdicts;
    }

    String name() {
        return service.getString("name");
    }

    void changed(long begun, Set<String> verdicts) {
        changes.add(new Change(begun, System.currentTimeMillis(), verdicts));
    }

    /** Expected number of status changes. */
    int turns() {
        int turns = 0;
        Set<String> last = first;
        for (Change change : changes) {
            turns += last.contains("up") == change.verdicts.contains("up") ? 0 : 1;
            last = change.verdicts;
        }
        return turns;
    }

    /**
     * Compares with the recorded history.
     *
     * @param history oldest first
     * @return the deviations, one per line
     */
    List<String> faults(JsonArray history) {
        List<String> faults = new ArrayList<>();
        long longest = 1000L * service.getInteger("interval") * 2 + service.getInteger("timeout");
        int turns = 0;
        JsonObject before = null;
        for (Object item : history) {
            JsonObject entry = (JsonObject) item;
            if (!allowed(entry)) {
                faults.add(name() + ": " + entry.encode() + " is none of " + first + changes);
            }
            if (before != null) {
                turns += before.getString("status").equals(entry.getString("status")) ? 0 : 1;
                long gap = entry.getLong("timestamp") - before.getLong("timestamp");
                if (gap > longest) {
                    faults.add(name() + ": nothing for " + gap + " ms before " + entry.getLong("timestamp"));
                }
            }
            before = entry;
        }
        if (turns != turns()) {
            faults.add(name() + ": turned " + turns + " times, not " + turns());
        }
        return faults;
    }

    private boolean allowed(JsonObject entry) {
        String verdict = verdict(entry);
        long from = entry.getLong("timestamp") - TOLERANCE_MS;
        long to = entry.getLong("timestamp") + entry.getInteger("responseTime") + TOLERANCE_MS;
        Set<String> now = first;
        long since = 0;
        for (Change change : changes) {
            if (from <= change.ended && to >= change.begun) {
                return true; // during a change
            }
            if (change.ended < from && change.ended >= since) {
                now = change.verdicts;
                since = change.ended;
            }
        }
        return now.contains(verdict);
    }

    private static String verdict(JsonObject entry) {
        JsonObject error = entry.getJsonObject("error");
        return error == null ? entry.getString("status") : error.getString("class");
    }
}
