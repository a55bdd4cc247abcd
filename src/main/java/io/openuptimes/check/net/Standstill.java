package io.openuptimes.check.net;

import io.openuptimes.model.Outcome;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long an event loop was suspended while checks were running: the process was stopped, paused by garbage
 * collection, the machine slept, or something blocked the loop. Results of such checks may describe this machine
 * instead of the target: deadlines pass while nobody reads the answer, servers give up, and response times include the
 * pause.
 *
 * <p>The loop must report every few milliseconds. Times are nanoseconds as of {@link System#nanoTime()}.
 */
final class Standstill {

    /** Shorter pauses are normal on a busy machine; repeating their checks would make it busier. */
    private static final long COUNTED_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SPOILS_AN_ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ALWAYS_SPOILS_NS = TimeUnit.SECONDS.toNanos(1);

    private boolean watched;
    private long seenAt;
    private long total;

    /** Starts watching. */
    void begins(long now) {
        seenAt = now;
        watched = true;
    }

    /** Stops watching. */
    void ends() {
        watched = false;
    }

    /** The loop is running. */
    void seen(long now) {
        total = total(now);
        seenAt = now;
    }

    /** Total time suspended, up to now. */
    long total(long now) {
        long gap = now - seenAt;
        return watched && gap >= COUNTED_NS ? total + gap : total;
    }

    /**
     * Whether a suspension makes a result inconclusive.
     *
     * <p>An answer is inconclusive if the pause may account for a tenth of its recorded time and for half a second; on
     * the second try, up to a second is tolerated, because a slow answer is better than none. A failure is inconclusive
     * if the pause took a tenth of the target's time and a quarter of a second, or if it took a second.
     *
     * @param failure null for an answer
     * @param stood time suspended during the check, nanoseconds
     * @param took duration of the check, nanoseconds
     * @param timeout the service's, milliseconds
     * @param again whether this is the second try
     */
    static boolean spoils(@Nullable Outcome failure, long stood, long took, int timeout, boolean again) {
        if (failure == null) {
            return again ? stood >= ALWAYS_SPOILS_NS : stood >= Math.max(SPOILS_AN_ANSWER_NS, took / 10);
        }
        if (failure == Outcome.RESOURCE || failure == Outcome.DENIED) {
            return false;
        }
        long share = TimeUnit.MILLISECONDS.toNanos(timeout) / 10;
        return stood >= Math.max(COUNTED_NS, Math.min(ALWAYS_SPOILS_NS, share));
    }
}
