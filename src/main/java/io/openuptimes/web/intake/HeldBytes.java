package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import org.jspecify.annotations.Nullable;

/** One request's part of a {@link BodyBudget}, released once. Thread-safe. */
public final class HeldBytes {

    private final BodyBudget budget;
    private final String caller;
    private final boolean hasCredentials;
    private long bytes;
    private boolean released;

    HeldBytes(BodyBudget budget, String caller, boolean hasCredentials) {
        this.budget = budget;
        this.caller = caller;
        this.hasCredentials = hasCredentials;
    }

    /**
     * Counts more bytes; call this before storing them. After the release, which ends the request, nothing is counted.
     *
     * @return null if there is room; otherwise the limit that is exhausted
     */
    public synchronized @Nullable Refusal take(long more) {
        if (released) {
            return null;
        }
        Refusal refusal = budget.take(caller, hasCredentials, more);
        if (refusal == null) {
            bytes += more;
        }
        return refusal;
    }

    /**
     * Counts memory held in addition to the body's bytes.
     *
     * @throws ApiException 429 or 503 if there is no room
     */
    public void charge(long more) {
        Refusal refusal = take(more);
        if (refusal != null) {
            throw refusal.noRoom();
        }
    }

    /** Releases all bytes. Idempotent. */
    public synchronized void release() {
        if (!released) {
            released = true;
            budget.giveBack(caller, hasCredentials, bytes);
        }
    }
}
