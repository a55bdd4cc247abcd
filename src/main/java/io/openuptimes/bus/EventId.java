package io.openuptimes.bus;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of everything that happens, the same for all nodes and over restarts: the id of an entry in the
 * store's stream of events.
 *
 * @param millis when the store took it in, by the store's clock, epoch milliseconds
 * @param sequence counts within that millisecond
 */
public record EventId(long millis, long sequence) implements Comparable<EventId> {

    private static final Comparator<EventId> ORDER =
            Comparator.comparingLong(EventId::millis).thenComparingLong(EventId::sequence);
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }

    public boolean isAfter(EventId other) {
        return compareTo(other) > 0;
    }

    /** The form that callers see, and are not to read anything into. */
    @Override
    public String toString() {
        return millis + "-" + sequence;
    }

    /** Null if it is none. */
    public static @Nullable EventId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() ? new EventId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))) : null;
    }
}
