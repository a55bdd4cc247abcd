package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.Lag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Started checks and their lag over the last {@value #WINDOW_S} seconds. Times are epoch milliseconds.
 *
 * <p>A ring of one-second buckets, each with a histogram of lag. It takes a few kilobytes regardless of the number of
 * checks, and needs no cleanup. Lag below 32 ms is exact, longer lag has an error of at most one sixteenth.
 */
final class RecentChecks {

    static final int WINDOW_S = 60;

    private static final int EXACT = 32;
    private static final int STEPS = 16;
    /** The last bucket holds everything from 2^20 ms (17 minutes). */
    private static final int MAX_EXPONENT = 20;

    private static final int RANGES = EXACT + (MAX_EXPONENT - 5) * STEPS + 1;

    private final long since;
    private final long[] seconds = new long[WINDOW_S];
    private final int[][] counts = new int[WINDOW_S][RANGES];

    /**
     * @param since start of counting
     */
    RecentChecks(long since) {
        this.since = since;
        Arrays.fill(seconds, Long.MIN_VALUE);
    }

    void started(long now, long lag) {
        long second = Math.floorDiv(now, 1000L);
        int bucket = (int) Math.floorMod(second, (long) WINDOW_S);
        if (seconds[bucket] != second) {
            seconds[bucket] = second;
            Arrays.fill(counts[bucket], 0);
        }
        counts[bucket][range(lag)]++;
    }

    /** Checks started within the window, or since the start if that is shorter. */
    Window window(long now) {
        long oldest = (Math.floorDiv(now, 1000L) - WINDOW_S + 1) * 1000;
        return new Window(sum(now), Math.max(1.0, (now - Math.max(oldest, since)) / 1000.0));
    }

    /** A histogram of lag, and the number of seconds that it covers. */
    static final class Window {

        private final long[] counts;
        private final double seconds;

        private Window(long[] counts, double seconds) {
            this.counts = counts;
            this.seconds = seconds;
        }

        /** The sum of two windows of the same time. */
        Window and(Window other) {
            long[] sum = counts.clone();
            Arrays.setAll(sum, range -> counts[range] + other.counts[range]);
            return new Window(sum, Math.max(seconds, other.seconds));
        }

        double perSecond() {
            return count() / seconds;
        }

        /** Null if no check has started. */
        @Nullable
        Lag lag() {
            long count = count();
            return count == 0
                    ? null
                    : new Lag(
                            percentile(counts, count, 50),
                            percentile(counts, count, 95),
                            percentile(counts, count, 99),
                            percentile(counts, count, 100));
        }

        private long count() {
            return Arrays.stream(counts).sum();
        }
    }

    private long[] sum(long now) {
        long newest = Math.floorDiv(now, 1000L);
        long[] sum = new long[RANGES];
        for (int bucket = 0; bucket < WINDOW_S; bucket++) {
            // skips newer buckets too, because the clock may have been set back
            if (seconds[bucket] > newest - WINDOW_S && seconds[bucket] <= newest) {
                for (int range = 0; range < RANGES; range++) {
                    sum[range] += counts[bucket][range];
                }
            }
        }
        return sum;
    }

    /** The upper bound of the bucket that contains the percentile. */
    private static long percentile(long[] sum, long count, int percent) {
        long wanted = (count * percent + 99) / 100;
        long reached = 0;
        int range = 0;
        for (; range < RANGES - 1; range++) {
            reached += sum[range];
            if (reached >= wanted) {
                break;
            }
        }
        return end(range);
    }

    private static int range(long lag) {
        if (lag < EXACT) {
            return (int) Math.max(0, lag);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(lag);
        if (exponent >= MAX_EXPONENT) {
            return RANGES - 1;
        }
        int step = (int) (lag >> (exponent - 4)) - STEPS;
        return EXACT + (exponent - 5) * STEPS + step;
    }

    /** The upper bound of a bucket. */
    private static long end(int range) {
        if (range < EXACT) {
            return range;
        }
        if (range == RANGES - 1) {
            return 1L << MAX_EXPONENT;
        }
        int exponent = 5 + (range - EXACT) / STEPS;
        int step = (range - EXACT) % STEPS;
        return ((STEPS + step + 1L) << (exponent - 4)) - 1;
    }
}
