package io.openuptimes.store.data;

import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.Outcome;
import io.openuptimes.store.data.HistoryCodec.Visitor;
import java.util.List;

/**
 * A day of results begun by an earlier version.
 *
 * <p>It begins with a mark of two bytes. Full entries consist of outcome and flags (a byte); the milliseconds since the
 * previous entry or, for the first, since the start of the day; the response time; if flagged, the status code; if
 * flagged, the length and bytes of the error text. Numbers have variable length. Compact entries are as in
 * {@link HistoryCodec}. An even older day has no mark and only full entries, with the time before outcome and flags.
 *
 * <p>An entry of outcome 0 without flags, which earlier versions never wrote, ends this form; the current one follows.
 */
final class OldHistory {

    /** Read as a number, a zero in two bytes instead of one, so no day without the mark begins like this. */
    private static final byte[] MARK = {(byte) 0x80, 0};

    private static final int SHORT = 0x80;
    private static final int IN_TIME = 0xC0;
    private static final int OUTCOME_MASK = 0x0F;
    private static final int HAS_CODE = 0x10;
    private static final int HAS_TEXT = 0x20;
    private static final int SAME_TEXT = 0x40;

    private final boolean marked;
    private final PackedReader in;
    private long timestamp;

    /**
     * @param dayStart epoch milliseconds
     */
    OldHistory(byte[] day, long dayStart) {
        marked = day.length >= MARK.length && day[0] == MARK[0] && day[1] == MARK[1];
        in = new PackedReader(day, marked ? MARK.length : 0);
        timestamp = dayStart;
    }

    /** Appends the entry that ends an older form; nothing for the current one. */
    static void end(Packed out, Form form) {
        switch (form) {
            case MARKED -> out.octet(0);
            case UNMARKED -> out.octet(0).octet(0);
            case CURRENT -> {}
        }
    }

    /** Time of the last entry read, epoch milliseconds. */
    long timestamp() {
        return timestamp;
    }

    /** The entries in the current form. */
    PackedReader rest() {
        return in;
    }

    /** Visits the entries; stops at truncated or invalid bytes. Returns whether the current form follows. */
    boolean forEach(Visitor visitor) {
        long interval = 0;
        boolean first = true;
        String text = "";
        try {
            while (in.hasMore()) {
                int flags = marked ? in.octet() : 0;
                if ((flags & SHORT) != 0) {
                    timestamp += interval + flags - IN_TIME;
                    int responseTime = (int) in.number();
                    text = "";
                    visitor.entry(
                            timestamp, Outcome.UP, responseTime, HistoryCodec.usualCode(Outcome.UP), text, List.of());
                    continue;
                }
                if (marked && flags == 0) {
                    return true;
                }
                long gap = in.number();
                flags = marked ? flags : in.octet();
                if (flags == 0) {
                    return true;
                }
                timestamp += gap;
                interval = first ? 0 : (gap + 500) / 1000 * 1000;
                first = false;
                int code = flags & OUTCOME_MASK;
                int responseTime = (int) in.number();
                int statusCode =
                        (flags & HAS_CODE) != 0 ? (int) in.number() : HistoryCodec.usualCode(Outcome.ofCode(code));
                if ((flags & HAS_TEXT) != 0) {
                    text = in.text((int) in.number());
                } else if ((flags & SAME_TEXT) == 0) {
                    text = "";
                }
                visitor.entry(timestamp, StoredOutcome.of(code, text), responseTime, statusCode, text, List.of());
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
        return false;
    }
}
