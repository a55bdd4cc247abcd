package io.openuptimes.web.access;

import io.openuptimes.web.http.ApiException;
import java.util.HashMap;
import java.util.Map;

/** Limits concurrent operations, overall and per caller. Thread-safe. */
final class CallerLimit {

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "10");

    private final String things;
    private final int max;
    private final int maxOfOne;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int open;

    /**
     * @param things plural noun for the counted thing, used in refusals
     * @param max overall; at least one
     * @param maxOfOne per caller; at least one
     */
    CallerLimit(String things, int max, int maxOfOne) {
        this.things = things;
        this.max = max;
        this.maxOfOne = maxOfOne;
    }

    /**
     * Takes a place.
     *
     * @param caller an address, or the name of a key
     * @return releases the place; run it once
     * @throws ApiException 429 or 503 if there are too many
     */
    synchronized Runnable take(String caller) {
        if (byCaller.getOrDefault(caller, 0) >= maxOfOne) {
            throw new ApiException(429, "Too many " + things + " at once from this caller", RETRY_AFTER);
        }
        if (open >= max) {
            throw new ApiException(503, "Too many " + things + " at once", RETRY_AFTER);
        }
        open++;
        byCaller.merge(caller, 1, Integer::sum);
        return () -> giveBack(caller);
    }

    private synchronized void giveBack(String caller) {
        open--;
        byCaller.computeIfPresent(caller, (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized int open() {
        return open;
    }
}
