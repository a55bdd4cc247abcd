package io.openuptimes.check.http;

import io.openuptimes.model.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * How long an event loop stood still while checks were under way: the process was stopped, its garbage collected, its
 * machine asleep, or something held the loop up. What a check says then may be of this machine and not of its target: a
 * deadline passed because nobody was awake to read the answer, a server gave up, a response time has the pause in it.
 *
 * <p>The loop is to be seen every few milliseconds. Nanoseconds, as {@link System#nanoTime()} counts them.
 */
final class Standstill {

    /** What is shorter is the usual business of a busy machine; to do all of it twice would make it busier. */
    private static final long COUNTED_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long SPOILS_AN_ANSWER_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ALWAYS_SPOILS_NS = TimeUnit.SECONDS.toNanos(1);

    private boolean watched;
    private long seenAt;
    private long total;

    /** There was nothing to watch before. */
    void begins(long now) {
        seenAt = now;
        watched = true;
    }

    /** There is nothing to watch. */
    void ends() {
        watched = false;
    }

    /** The loop is alive. */
    void seen(long now) {
        total = total(now);
        seenAt = now;
    }

    /** In all, up to now. */
    long total(long now) {
        long gap = now - seenAt;
        return watched && gap >= COUNTED_NS ? total + gap : total;
    }

    /**
     * Whether a result says too little of its target.
     *
     * <p>An answer is one, but its time is recorded: it does if a tenth of that, and half a second, may be ours. Of a
     * machine so busy that it is the same when asked again, up to a second is taken rather than to know nothing. A failure
     * does if a tenth of the time that the target was to have is missing, and a quarter of a second, or a second.
     *
     * @param stood within the check, nanoseconds
     * @param took the check, nanoseconds
     * @param timeout the service's, milliseconds
     * @param again it is the second try
     */
    static boolean spoils(Outcome outcome, long stood, long took, int timeout, boolean again) {
        return switch (outcome) {
            case NONE, RESOURCE, DENIED -> false;
            case UP, STATUS -> again ? stood >= ALWAYS_SPOILS_NS : stood >= Math.max(SPOILS_AN_ANSWER_NS, took / 10);
            default -> {
                long share = TimeUnit.MILLISECONDS.toNanos(timeout) / 10;
                yield stood >= Math.max(COUNTED_NS, Math.min(ALWAYS_SPOILS_NS, share));
            }
        };
    }
}
