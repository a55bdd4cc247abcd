package io.openuptimes.web.access;

import io.openuptimes.web.ApiException;
import java.util.HashMap;
import java.util.Map;

/** How many event streams there may be at the same time: in all, and a tenth of that from one address. Thread-safe. */
final class StreamLimit {

    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "10");

    private final int max;
    private final int maxOfOne;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int open;

    /**
     * @param max in all; at least one
     */
    StreamLimit(int max) {
        this.max = max;
        this.maxOfOne = Math.max(1, max / 10);
    }

    /**
     * Counts a stream.
     *
     * @return to be run once, when it has ended
     * @throws ApiException 429 or 503 if there are too many
     */
    synchronized Runnable take(String address) {
        if (byAddress.getOrDefault(address, 0) >= maxOfOne) {
            throw new ApiException(429, "Too many event streams from this address", RETRY_AFTER);
        }
        if (open >= max) {
            throw new ApiException(503, "Too many event streams", RETRY_AFTER);
        }
        open++;
        byAddress.merge(address, 1, Integer::sum);
        return () -> giveBack(address);
    }

    private synchronized void giveBack(String address) {
        open--;
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
    }

    synchronized int open() {
        return open;
    }
}
