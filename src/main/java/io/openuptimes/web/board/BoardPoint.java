package io.openuptimes.web.board;

import io.openuptimes.bus.EventId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The point up to which an answer reflects the board; the next answer continues after it. */
public final class BoardPoint {

    private static final Pattern TEXT =
            Pattern.compile("([0-9]+-[0-9]+)(?:\\.([0-9a-f]{1,16})\\.([0-9a-f]{1,15})(?:\\.([0-9a-f]{1,16}))?)?");

    private final EventId event;
    private final @Nullable StaleMark stale;
    private final String text;

    /**
     * @param event all events up to this one are in the answer
     * @param stale the stale set; null if it is empty, or not part of the answer
     */
    public BoardPoint(EventId event, @Nullable StaleMark stale) {
        this.event = event;
        this.stale = stale;
        text = stale == null ? event.toString() : event + "." + stale;
    }

    /** All events up to this one are in the answer. */
    public EventId event() {
        return event;
    }

    /** The stale set; null if it is empty, or not part of the answer. */
    public @Nullable StaleMark stale() {
        return stale;
    }

    /** The form that callers see; opaque to them. */
    @Override
    public String toString() {
        return text;
    }

    /** Also accepts an event id alone. Returns null for invalid text. */
    public static @Nullable BoardPoint parse(String text) {
        Matcher parts = TEXT.matcher(text);
        EventId event = parts.matches() ? EventId.parse(parts.group(1)) : null;
        if (event == null) {
            return null;
        }
        String log = parts.group(2);
        if (log == null) {
            return new BoardPoint(event, null);
        }
        long place = Long.parseLong(parts.group(3), 16);
        String state = parts.group(4);
        return new BoardPoint(
                event,
                new StaleMark(
                        Long.parseUnsignedLong(log, 16),
                        place,
                        state == null ? null : Long.parseUnsignedLong(state, 16)));
    }

    /** Returns only the event. */
    public static @Nullable EventId parseEvent(String text) {
        BoardPoint point = parse(text);
        return point == null ? null : point.event();
    }
}
