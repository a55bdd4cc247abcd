package io.openuptimes.store.data;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * One day of a service's results as a byte string, to which each result appends a few bytes.
 *
 * <p>A day begins with a mark. Each entry then consists of outcome and flags (a byte); the milliseconds since the
 * previous entry, or since the start of the day for the first; the response time; if flagged, the status code; if
 * flagged, the length and bytes of the error text. Numbers have variable length. A check that found the service up with
 * a 200, at the usual interval after the previous one, give or take 64 ms, takes only a byte for that deviation and the
 * response time: two or three bytes. The usual interval is that of the last full entry, to the nearest second.
 *
 * <p>In a day without the mark, each entry is full and has the time before outcome and flags.
 *
 * <p>The script {@code record.lua} assembles entries, because only it knows the previous one.
 */
public final class HistoryCodec {

    /** As a number this would be a zero in two bytes instead of one, so no day without the mark begins like this. */
    private static final byte[] MARK = {(byte) 0x80, 0};

    /** The entry is short. */
    private static final int SHORT = 0x80;
    /** First byte of a short entry exactly at the usual interval. */
    private static final int IN_TIME = 0xC0;

    private static final int OUTCOME_MASK = 0x0F;
    /** A status code follows; otherwise it is 200 for up, and none for other outcomes. */
    private static final int HAS_CODE = 0x10;
    /** A text follows. */
    private static final int HAS_TEXT = 0x20;
    /** The text is the previous entry's. */
    private static final int SAME_TEXT = 0x40;

    private HistoryCodec() {}

    /** Outcome and flags of a result's entry. */
    public static int flags(CheckResult result) {
        return result.outcome().code()
                | (hasCode(result) ? HAS_CODE : 0)
                | (result.error().isEmpty() ? 0 : HAS_TEXT);
    }

    /** Appends the part of a result's entry between time and text, preceded by its length. */
    public static void writeHead(Packed out, CheckResult result) {
        int begin = out.beginShort();
        out.number(result.responseTime());
        if (hasCode(result)) {
            out.number(result.statusCode());
        }
        out.endShort(begin);
    }

    private static boolean hasCode(CheckResult result) {
        return result.statusCode() != usualCode(result.outcome());
    }

    /**
     * Decodes a whole day, oldest first. Stops at truncated or invalid bytes; the entries before them are valid.
     *
     * @param dayStart epoch milliseconds
     */
    public static List<HistoryEntry> decode(byte[] day, long dayStart) {
        List<HistoryEntry> entries = new ArrayList<>(day.length / 3 + 1);
        forEach(
                day,
                dayStart,
                (timestamp, outcome, responseTime, statusCode, text) ->
                        entries.add(new HistoryEntry(timestamp, outcome, responseTime, statusCode, text)));
        return entries;
    }

    /** Receives each entry while a day is read. */
    public interface Visitor {
        void entry(long timestamp, Outcome outcome, int responseTime, int statusCode, String text);
    }

    /** Like {@link #decode}, without keeping the entries. */
    public static void forEach(byte[] day, long dayStart, Visitor visitor) {
        boolean marked = day.length >= MARK.length && day[0] == MARK[0] && day[1] == MARK[1];
        PackedReader in = new PackedReader(day, marked ? MARK.length : 0);
        long timestamp = dayStart;
        long interval = 0;
        boolean first = true;
        String text = "";
        while (in.hasMore()) {
            Outcome outcome = Outcome.UP;
            int responseTime;
            int statusCode = usualCode(outcome);
            try {
                int flags = marked ? in.octet() : 0;
                if ((flags & SHORT) != 0) {
                    timestamp += interval + flags - IN_TIME;
                    responseTime = (int) in.number();
                    text = "";
                } else {
                    long gap = in.number();
                    timestamp += gap;
                    interval = first ? 0 : (gap + 500) / 1000 * 1000;
                    flags = marked ? flags : in.octet();
                    outcome = Outcome.ofCode(flags & OUTCOME_MASK);
                    responseTime = (int) in.number();
                    statusCode = (flags & HAS_CODE) != 0 ? (int) in.number() : usualCode(outcome);
                    if ((flags & HAS_TEXT) != 0) {
                        text = in.text((int) in.number());
                    } else if ((flags & SAME_TEXT) == 0) {
                        text = "";
                    }
                    outcome = StoredOutcome.of(outcome.code(), text);
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                return;
            }
            first = false;
            visitor.entry(timestamp, outcome, responseTime, statusCode, text);
        }
    }

    private static int usualCode(Outcome outcome) {
        return outcome == Outcome.UP ? 200 : 0;
    }
}
