package io.openuptimes.health;

import io.openuptimes.model.Outcome;
import io.openuptimes.model.ServiceState;
import io.openuptimes.model.StateTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service's states over time, as its log tells them.
 *
 * <p>An entry applies from its time on. If that is earlier than the start of states already there, as it is for a service
 * that is down since the first of several failed checks, the entry replaces those of them that are up or down; time that
 * was unknown, in maintenance or paused remains so. A service that is paused or in maintenance does not become stale. An
 * entry without a state before it begins the log anew after anything known.
 *
 * <p>The last state goes on until now, but up and down only as long as the last result is current.
 */
public final class Timeline {

    /**
     * A stretch of time in one state.
     *
     * @param from start, epoch milliseconds; the stretch ends where the next one starts
     * @param reason code of the outcome that decided the state; 0 for none
     * @param sum of several states; null for one state
     */
    public record Stretch(
            long from,
            ServiceState state,
            int reason,
            @Nullable StateSum sum) {

        private Stretch as(ServiceState other, int otherReason) {
            return new Stretch(from, other, otherReason, null);
        }

        private boolean isKnown() {
            return sum == null && state.isKnown();
        }

        private StateTimes between(long start, long end) {
            if (sum == null) {
                return StateTimes.of(state, end - start);
            }
            long up = part(sum, sum.up(), end) - part(sum, sum.up(), start);
            long down = part(sum, sum.down(), end) - part(sum, sum.down(), start);
            return new StateTimes(up, down, end - start - up - down, 0, 0);
        }

        private static long part(StateSum sum, long total, long time) {
            return total * (time - sum.from()) / Math.max(1, sum.last() - sum.from());
        }
    }

    private final List<Stretch> stretches = new ArrayList<>();
    private final long end;
    private boolean complete;

    private Timeline(long end) {
        this.end = end;
    }

    /**
     * @param entries in the order in which they were appended
     * @param lastChecked time of the service's last result, epoch milliseconds
     * @param maxAge how long a result is current, milliseconds; 0 for without limit
     * @param now epoch milliseconds; the timeline ends here
     */
    public static Timeline of(List<? extends Logged> entries, long lastChecked, long maxAge, long now) {
        Timeline timeline = new Timeline(now);
        for (Logged entry : entries) {
            if (entry instanceof StateChange change) {
                timeline.add(change);
            } else if (entry instanceof StateSum sum) {
                timeline.add(sum);
            }
        }
        timeline.endAt(lastChecked + maxAge, maxAge);
        return timeline;
    }

    private void add(StateChange change) {
        if (change.before() == ServiceState.NONE) {
            if (stretches.stream().anyMatch(Stretch::isKnown)) {
                stretches.clear();
            }
            complete = true;
        }
        Stretch added = new Stretch(change.time(), change.state(), change.reason(), null);
        int at = stretches.size();
        while (at > 0 && stretches.get(at - 1).from() >= change.time()) {
            at--;
            if (stretches.get(at).isKnown()) {
                stretches.set(at, stretches.get(at).as(change.state(), change.reason()));
            }
        }
        boolean last = at == stretches.size();
        Stretch cut = at == 0 ? null : stretches.get(at - 1);
        if (cut == null ? last : last ? !holds(cut, change) : cut.isKnown()) {
            stretches.add(at, added);
        }
    }

    /** Whether a state is not ended by the service's becoming stale. */
    private static boolean holds(Stretch stretch, StateChange change) {
        return change.isStale()
                && (stretch.state() == ServiceState.PAUSED || stretch.state() == ServiceState.MAINTENANCE);
    }

    private void add(StateSum sum) {
        long from = stretches.isEmpty() ? sum.from() : Math.max(sum.from(), last().from());
        stretches.add(new Stretch(from, sum.state(), sum.reason(), sum));
        stretches.add(new Stretch(Math.max(from, sum.last()), sum.state(), sum.reason(), null));
    }

    private void endAt(long staleFrom, long maxAge) {
        if (maxAge > 0 && !stretches.isEmpty() && last().isKnown() && staleFrom < end) {
            long from = Math.max(staleFrom, last().from());
            stretches.add(new Stretch(from, ServiceState.UNKNOWN, Outcome.NONE.code(), null));
        }
    }

    private Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    /** The stretches, oldest first. Some may be empty, and neighbours may have the same state. */
    public List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    /** Start of the first stretch; {@link Long#MAX_VALUE} if there is none. */
    public long begin() {
        return stretches.isEmpty() ? Long.MAX_VALUE : stretches.get(0).from();
    }

    /** Whether there was no result before the beginning. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * How long the service was in each state.
     *
     * @param from epoch milliseconds
     * @param to exclusive; the time from the timeline's end on does not count
     */
    public StateTimes between(long from, long to) {
        long until = Math.min(to, end);
        StateTimes times = StateTimes.NONE;
        for (int i = firstAt(from); i < stretches.size() && stretches.get(i).from() < until; i++) {
            Stretch stretch = stretches.get(i);
            long next = i + 1 < stretches.size() ? stretches.get(i + 1).from() : end;
            long start = Math.max(from, stretch.from());
            long stop = Math.min(until, next);
            if (start < stop) {
                times = times.plus(stretch.between(start, stop));
            }
        }
        return times;
    }

    /** Index of the last stretch that starts at or before this time; 0 if there is none. */
    private int firstAt(long time) {
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stretches.get(middle).from() <= time) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
