package io.openuptimes.web.intake;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes that requests under way hold: of the whole process, of each caller, and of all callers without
 * credentials together, so that those with a key always find room. Thread-safe.
 */
public final class BodyBudget {

    /** One whole body and a little more, whatever the heap. */
    private static final long LEAST = 2L * 1024 * 1024;

    private final long process;
    private final long known;
    private final long strangers;
    private final long stranger;
    private final Map<String, Long> byCaller = new HashMap<>();
    private long held;
    private long heldByStrangers;

    /**
     * @param process bytes of all requests
     * @param known bytes of one caller with credentials
     * @param strangers bytes of all callers without credentials
     * @param stranger bytes of one caller without credentials
     */
    BodyBudget(long process, long known, long strangers, long stranger) {
        this.process = process;
        this.known = known;
        this.strangers = strangers;
        this.stranger = stranger;
    }

    /**
     * Shares of a heap: three eighths for all, a quarter for one caller with credentials; a sixteenth for all callers
     * without, and a sixty-fourth for one of them.
     *
     * @param heap bytes that the process may use
     */
    public static BodyBudget of(long heap) {
        return new BodyBudget(heap / 8 * 3, heap / 4, Math.max(2 * LEAST, heap / 16), Math.max(LEAST, heap / 64));
    }

    /**
     * A request's account, with nothing in it yet.
     *
     * @param caller under whose name it is counted: a key, or an address
     * @param hasCredentials whether the caller has shown any that are valid
     */
    public HeldBytes open(String caller, boolean hasCredentials) {
        return new HeldBytes(this, caller, hasCredentials);
    }

    /** Bytes held now. */
    public synchronized long held() {
        return held;
    }

    /** Null once they are counted; otherwise why they cannot be. */
    synchronized @Nullable Refusal take(String caller, boolean hasCredentials, long bytes) {
        long own = byCaller.getOrDefault(caller, 0L) + bytes;
        if (own > (hasCredentials ? known : stranger)) {
            return Refusal.CALLER;
        }
        if (held + bytes > process || (!hasCredentials && heldByStrangers + bytes > strangers)) {
            return Refusal.PROCESS;
        }
        byCaller.put(caller, own);
        held += bytes;
        heldByStrangers += hasCredentials ? 0 : bytes;
        return null;
    }

    synchronized void giveBack(String caller, boolean hasCredentials, long bytes) {
        held -= bytes;
        heldByStrangers -= hasCredentials ? 0 : bytes;
        byCaller.computeIfPresent(caller, (same, own) -> own == bytes ? null : own - bytes);
    }
}
