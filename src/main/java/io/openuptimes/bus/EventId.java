package io.openuptimes.bus;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position in the total order of events; the same on all nodes and across restarts. It is the id of an entry in the
 * store's event stream.
 *
 * @param millis when the store appended the event, by the store's clock, epoch milliseconds
 * @param sequence number within that millisecond
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

    /** The form that callers see; they must treat it as opaque. */
    @Override
    public String toString() {
        return millis + "-" + sequence;
    }

    /** Null if the text is not an event id. */
    public static @Nullable EventId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() ? new EventId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))) : null;
    }
}
