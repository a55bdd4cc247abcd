package io.openuptimes.bus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the sequence of what the store publishes, the same for all who listen.
 *
 * @param run names the process's run: another process, or this one after a restart, counts anew
 * @param number grows by one with each change of services and each message that has a transition in it
 */
public record EventId(String run, long number) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-z]{1,20})-([0-9]{1,18})");

    /** The form that callers see, and are not to read anything into. */
    @Override
    public String toString() {
        return run + "-" + number;
    }

    /** Null if it is none. */
    public static @Nullable EventId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() ? new EventId(parts.group(1), Long.parseLong(parts.group(2))) : null;
    }
}
