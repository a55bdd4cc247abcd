package io.openuptimes.store.data;

import io.openuptimes.health.Health;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.FailedAttempt;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One day of a service's results as a byte string, to which each result appends a few bytes. Numbers have variable
 * length.
 *
 * <p>A day begins with a mark and the version of the form (a byte).
 *
 * <p>A compact entry records a check that found the service up with status 200 within 64 ms of the usual interval: the
 * deviation from it (a byte with the highest bit set) and the response time, two or three bytes in all. The usual
 * interval is the time before the last full entry, to the nearest second; 0 after the first entry of the day.
 *
 * <p>A full entry consists of a kind (a byte below 128), the length of the rest, the milliseconds since the previous
 * entry or, for the first, since the start of the day, and the content of the kind. A result's content is: outcome's
 * code, flags and status (a byte), response time; if flagged, the status code; if flagged, the length and bytes of the
 * error text; if flagged, the number of earlier attempts, and for each its start after the entry's time, outcome's code,
 * status code, response time and error text (preceded by its length). Readers use the length to skip unknown kinds, and content that later versions have appended.
 *
 * <p>Days begun by earlier versions have a mark without version, or none, see {@link OldHistory}. This version ends
 * that form with an entry of outcome 0 and continues the day in the form above.
 */
public final class HistoryCodec {

    /** Read as a number, a zero in three bytes instead of one, so no older day begins like this. */
    private static final byte[] MARK = {(byte) 0x80, (byte) 0x80, 0};

    private static final int VERSION = 1;

    /** The entry is short. */
    private static final int SHORT = 0x80;
    /** First byte of a short entry exactly at the usual interval. */
    private static final int IN_TIME = 0xC0;

    private static final int RESULT = 1;

    /** A status code follows; otherwise it is 200 for up, and none for other outcomes. */
    private static final int HAS_CODE = 0x01;
    /** A text follows. */
    private static final int HAS_TEXT = 0x02;
    /** The text is the previous entry's. */
    private static final int SAME_TEXT = 0x04;

    /** Earlier attempts follow. */
    private static final int HAS_ATTEMPTS = 0x20;

    /** The lower of two bits for the status, so that outcomes of later versions keep theirs. */
    private static final int STATUS_BIT = 3;

    private static final int USUAL_ENTRY = 16;

    private HistoryCodec() {}

    /**
     * Appends a result's entry to its day.
     *
     * @param before the state that the result follows
     * @param begins whether the entry is the first of its day
     */
    public static void write(Packed out, HealthState before, CheckResult result, boolean begins) {
        if (begins) {
            out.raw(MARK).octet(VERSION);
            writeFull(out, Math.floorMod(result.timestamp(), Keys.DAY_MS), result, false);
        } else if (Health.isCompact(before, result)) {
            long deviation = result.timestamp() - before.lastChecked() - 1_000L * before.interval();
            out.octet(IN_TIME + (int) deviation).number(result.responseTime());
        } else {
            OldHistory.end(out, before.form());
            boolean sameText = before.form() == Form.CURRENT && before.textHash() == HealthState.hash(result.error());
            writeFull(out, result.timestamp() - before.lastChecked(), result, sameText);
        }
    }

    private static void writeFull(Packed out, long gap, CheckResult result, boolean sameText) {
        boolean hasCode = result.statusCode() != usualCode(result.outcome());
        boolean hasText = !result.error().isEmpty();
        boolean hasAttempts = !result.attempts().isEmpty();
        Packed rest = new Packed(USUAL_ENTRY)
                .number(gap)
                .number(result.outcome().code())
                .octet((hasCode ? HAS_CODE : 0)
                        | (hasText ? (sameText ? SAME_TEXT : HAS_TEXT) : 0)
                        | (hasAttempts ? HAS_ATTEMPTS : 0)
                        | StatusCodec.code(result.outcome().status()) << STATUS_BIT)
                .number(result.responseTime());
        if (hasCode) {
            rest.number(result.statusCode());
        }
        if (hasText && !sameText) {
            text(rest, result.error());
        }
        if (hasAttempts) {
            rest.number(result.attempts().size());
            for (FailedAttempt attempt : result.attempts()) {
                rest.number(Math.max(0, attempt.timestamp() - result.timestamp()))
                        .number(attempt.outcome().code())
                        .number(attempt.statusCode())
                        .number(attempt.responseTime());
                text(rest, attempt.error());
            }
        }
        out.octet(RESULT).number(rest.length()).raw(rest.toBytes());
    }

    private static void text(Packed out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.number(bytes.length).raw(bytes);
    }

    private static List<FailedAttempt> attempts(PackedReader in, long start) {
        List<FailedAttempt> attempts = new ArrayList<>();
        for (int left = (int) in.number(); left > 0; left--) {
            long timestamp = start + in.number();
            Outcome outcome = Outcome.ofCode((int) in.number());
            int statusCode = (int) in.number();
            int responseTime = (int) in.number();
            attempts.add(new FailedAttempt(timestamp, outcome, statusCode, responseTime, in.text((int) in.number())));
        }
        return List.copyOf(attempts);
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
                (timestamp, outcome, responseTime, statusCode, text, attempts) -> entries.add(
                        new HistoryEntry(timestamp, outcome, responseTime, statusCode, text, null, attempts)));
        return entries;
    }

    /** Receives each entry while a day is read. */
    public interface Visitor {
        void entry(
                long timestamp,
                Outcome outcome,
                int responseTime,
                int statusCode,
                String text,
                List<FailedAttempt> attempts);
    }

    /** Like {@link #decode}, without keeping the entries. */
    public static void forEach(byte[] day, long dayStart, Visitor visitor) {
        if (day.length > MARK.length && day[0] == MARK[0] && day[1] == MARK[1] && day[2] == MARK[2]) {
            forEach(new PackedReader(day, MARK.length + 1), dayStart, true, visitor);
            return;
        }
        OldHistory old = new OldHistory(day, dayStart);
        if (old.forEach(visitor)) {
            forEach(old.rest(), old.timestamp(), false, visitor);
        }
    }

    /**
     * @param start time to which the first entry refers, epoch milliseconds
     * @param first whether {@code start} is the start of the day
     */
    private static void forEach(PackedReader in, long start, boolean first, Visitor visitor) {
        long timestamp = start;
        long interval = 0;
        boolean begins = first;
        String text = "";
        try {
            while (in.hasMore()) {
                int kind = in.octet();
                if ((kind & SHORT) != 0) {
                    timestamp += interval + kind - IN_TIME;
                    int responseTime = (int) in.number();
                    text = "";
                    visitor.entry(timestamp, Outcome.UP, responseTime, usualCode(Outcome.UP), text, List.of());
                    continue;
                }
                PackedReader entry = in.part((int) in.number());
                long gap = entry.number();
                timestamp += gap;
                interval = begins ? 0 : (gap + 500) / 1000 * 1000;
                begins = false;
                if (kind == RESULT) {
                    int code = (int) entry.number();
                    int flags = entry.octet();
                    Outcome outcome = Outcome.ofCode(code, StatusCodec.status(flags >> STATUS_BIT & 3));
                    int responseTime = (int) entry.number();
                    int statusCode = (flags & HAS_CODE) != 0 ? (int) entry.number() : usualCode(outcome);
                    if ((flags & HAS_TEXT) != 0) {
                        text = entry.text((int) entry.number());
                    } else if ((flags & SAME_TEXT) == 0) {
                        text = "";
                    }
                    List<FailedAttempt> attempts = (flags & HAS_ATTEMPTS) == 0 ? List.of() : attempts(entry, timestamp);
                    visitor.entry(timestamp, outcome, responseTime, statusCode, text, attempts);
                }
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return; // truncated: what precedes is valid
        }
    }

    static int usualCode(Outcome outcome) {
        return outcome == Outcome.UP ? 200 : 0;
    }
}
