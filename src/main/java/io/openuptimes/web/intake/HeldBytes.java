package io.openuptimes.web.intake;

import io.openuptimes.web.http.ApiException;
import org.jspecify.annotations.Nullable;

/** The bytes that one request holds of a {@link BodyBudget}, given back once. Thread-safe. */
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
     * Counts more bytes, before they are kept. Once released, nothing is counted any more: the request has ended.
     *
     * @return null if there is room for them; otherwise what there is none of
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
     * Counts what is kept besides the body's bytes.
     *
     * @throws ApiException 429 or 503 if there is no room for it
     */
    public void charge(long more) {
        Refusal refusal = take(more);
        if (refusal != null) {
            throw refusal.noRoom();
        }
    }

    /** Gives all of them back; does nothing the second time. */
    public synchronized void release() {
        if (!released) {
            released = true;
            budget.giveBack(caller, hasCredentials, bytes);
        }
    }
}
