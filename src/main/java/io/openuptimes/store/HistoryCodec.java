package io.openuptimes.store;

import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One day of a service's results as a string of bytes to which each result appends a few.
 *
 * <p>An entry is: the milliseconds since the entry before, or since the day began for the first; a byte of outcome and
 * flags; the response time; if flagged, the status code; if flagged, the length and bytes of the error text. Numbers
 * are variable-length, seven bits a byte, low bits first. A usual entry (up, 200) takes six bytes.
 *
 * <p>The script {@code record.lua} puts the time in front: only it knows the entry before.
 */
final class HistoryCodec {

    private static final int OUTCOME_MASK = 0x0F;
    /** A status code follows; without it, it is 200 for up and none for all else. */
    private static final int HAS_CODE = 0x10;
    /** A text follows. */
    private static final int HAS_TEXT = 0x20;
    /** The text is that of the entry before. */
    private static final int SAME_TEXT = 0x40;

    private HistoryCodec() {}

    /**
     * An entry but for its time.
     *
     * @param sameText whether the text of the entry before is the same
     */
    static byte[] encodeTail(Outcome outcome, int responseTime, int statusCode, String error, boolean sameText) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8);
        boolean hasCode = statusCode != usualCode(outcome);
        boolean hasText = !error.isEmpty();
        int text = !hasText ? 0 : sameText ? SAME_TEXT : HAS_TEXT;
        out.write(outcome.code() | (hasCode ? HAS_CODE : 0) | text);
        writeNumber(out, responseTime);
        if (hasCode) {
            writeNumber(out, statusCode);
        }
        if (text == HAS_TEXT) {
            byte[] bytes = error.getBytes(StandardCharsets.UTF_8);
            writeNumber(out, bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    /**
     * A whole day, oldest first. Bytes that are cut off or make no sense end it: what stands before them is still true.
     *
     * @param dayStart epoch milliseconds
     */
    static List<HistoryEntry> decode(byte[] day, long dayStart) {
        List<HistoryEntry> entries = new ArrayList<>(day.length / 6 + 1);
        forEach(
                day,
                dayStart,
                (timestamp, outcome, responseTime, statusCode, text) ->
                        entries.add(new HistoryEntry(timestamp, outcome, responseTime, statusCode, text)));
        return entries;
    }

    /** What is done with an entry while a day is read. */
    interface Visitor {
        void entry(long timestamp, Outcome outcome, int responseTime, int statusCode, String text);
    }

    /** As {@link #decode}, without keeping the entries. */
    static void forEach(byte[] day, long dayStart, Visitor visitor) {
        Reader in = new Reader(day);
        long timestamp = dayStart;
        String text = "";
        while (in.hasMore()) {
            Outcome outcome;
            int responseTime;
            int statusCode;
            try {
                timestamp += in.number();
                int flags = in.octet();
                outcome = Outcome.ofCode(flags & OUTCOME_MASK);
                responseTime = (int) in.number();
                statusCode = (flags & HAS_CODE) != 0 ? (int) in.number() : usualCode(outcome);
                if ((flags & HAS_TEXT) != 0) {
                    text = in.text((int) in.number());
                } else if ((flags & SAME_TEXT) == 0) {
                    text = "";
                }
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                return;
            }
            visitor.entry(timestamp, outcome, responseTime, statusCode, text);
        }
    }

    static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static int usualCode(Outcome outcome) {
        return outcome == Outcome.UP ? 200 : 0;
    }

    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        int octet() {
            return bytes[at++] & 0xFF;
        }

        long number() {
            long number = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                int octet = octet();
                number |= (long) (octet & 0x7F) << shift;
                if (octet < 0x80) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number has no end");
        }

        String text(int length) {
            if (length < 0 || length > bytes.length - at) {
                throw new IllegalArgumentException("a text is cut off");
            }
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }
    }
}
