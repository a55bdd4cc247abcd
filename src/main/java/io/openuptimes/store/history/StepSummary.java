package io.openuptimes.store.history;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.ResponseTimes;
import io.openuptimes.model.ResponseTimes.Spread;
import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Summarizes checks by time step. Checks are added oldest first, so that only one step's values are in memory.
 *
 * <p>Used by one thread at a time.
 */
final class StepSummary {

    private final long from;
    private final long to;
    private final long step;
    private final List<ResponseTimes> finished = new ArrayList<>();

    private long current;
    private int checks;
    private int[] upTimes = new int[256];
    private int up;

    /**
     * @param from start of the first step, epoch milliseconds
     * @param to the latest time that counts; it belongs to the last step
     * @param step milliseconds
     */
    StepSummary(long from, long to, long step) {
        this.from = from;
        this.to = to;
        this.step = step;
    }

    /** The shortest step, in milliseconds, that yields at most {@code points} steps. */
    static long step(long from, long to, int points) {
        return Math.max(1, (to - from + points - 1) / points);
    }

    /** Ignores checks outside the bounds, and those with an unknown result. */
    void add(long timestamp, Outcome outcome, int responseTime) {
        if (timestamp < from || timestamp > to || outcome.status() == Status.UNKNOWN) {
            return;
        }
        long index = Math.min((timestamp - from) / step, Math.max(0, (to - from - 1) / step));
        if (index > current) {
            finish();
            current = index;
        }
        checks++;
        if (outcome.status() == Status.UP) {
            if (up == upTimes.length) {
                upTimes = Arrays.copyOf(upTimes, up * 2);
            }
            upTimes[up++] = responseTime;
        }
    }

    /** Call once, after the last check. Returns the non-empty steps, oldest first. */
    List<ResponseTimes> end() {
        finish();
        return List.copyOf(finished);
    }

    private void finish() {
        if (checks > 0) {
            finished.add(new ResponseTimes(from + current * step, checks, up, up == 0 ? null : spread()));
        }
        checks = 0;
        up = 0;
    }

    private Spread spread() {
        Arrays.sort(upTimes, 0, up);
        return new Spread(upTimes[0], quantile(50), quantile(95), upTimes[up - 1]);
    }

    /** Nearest rank: the smallest value that at least {@code percent} percent of the values do not exceed. */
    private int quantile(int percent) {
        int rank = (int) (((long) percent * up + 99) / 100);
        return upTimes[rank - 1];
    }
}
