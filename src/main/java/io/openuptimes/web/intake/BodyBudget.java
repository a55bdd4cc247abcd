package io.openuptimes.web.intake;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes held by pending requests: for the process, for each caller, and for all callers without credentials
 * together, so that callers with credentials always find room. Thread-safe.
 */
public final class BodyBudget {

    /** Room for one whole body and a little more, however small the heap. */
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
     * @param known bytes per caller with credentials
     * @param strangers bytes of all callers without credentials
     * @param stranger bytes per caller without credentials
     */
    BodyBudget(long process, long known, long strangers, long stranger) {
        this.process = process;
        this.known = known;
        this.strangers = strangers;
        this.stranger = stranger;
    }

    /**
     * Divides the heap: three eighths for all requests, a quarter per caller with credentials; a sixteenth for all
     * callers without credentials, and a sixty-fourth for each of these.
     *
     * @param heap maximum heap size in bytes
     */
    public static BodyBudget of(long heap) {
        return new BodyBudget(heap / 8 * 3, heap / 4, Math.max(2 * LEAST, heap / 16), Math.max(LEAST, heap / 64));
    }

    /**
     * Opens an empty account for a request.
     *
     * @param caller the name that it is counted under: a key or an address
     * @param hasCredentials whether the caller's credentials are valid
     */
    public HeldBytes open(String caller, boolean hasCredentials) {
        return new HeldBytes(this, caller, hasCredentials);
    }

    /** Bytes currently held. */
    public synchronized long held() {
        return held;
    }

    /** Null once the bytes are counted; otherwise the limit that is exhausted. */
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
