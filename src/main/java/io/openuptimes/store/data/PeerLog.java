package io.openuptimes.store.data;

import io.openuptimes.model.Peer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which servers the failed checks of one day reached, beside the day's history, so that versions that do not know it
 * read and write the history as ever.
 *
 * <p>Only changes are stored: a service that fails all day at one server takes one entry, and one that fails at two in
 * turn has each named once. An entry is the milliseconds since the day began (4 bytes, low ones first), the server as
 * {@link #text} has it, and the length of that text (a byte). Where the text was there before, its place follows instead,
 * which is that of its length (2 bytes), and 255 for the length. An entry holds for all failures from then to the next
 * one. The script {@code record.lua} appends to it, up to 16 KiB: some 2,000 changes, or 400 of servers that are all
 * different. Those of later failures of the day are not known.
 *
 * <p>While nodes of an older version write too, which note no servers, their failures count as of the server before.
 */
public final class PeerLog {

    private static final int AGAIN = 0xFF;
    private static final int MAX_TEXT = AGAIN - 1;
    private static final int TIME_BYTES = 4;
    private static final int PLACE_BYTES = 2;
    /** For what is not known. */
    private static final String NONE = "-";

    /** Of a day without failures, or none that reached a server. */
    public static final PeerLog EMPTY = new PeerLog(new TreeMap<>());

    private final NavigableMap<Long, @Nullable Peer> changes;

    private PeerLog(NavigableMap<Long, @Nullable Peer> changes) {
        this.changes = changes;
    }

    /**
     * The server in up to 254 bytes: address, protocol and TLS version with a space between; empty where none was reached.
     * The certificate is not in it.
     */
    public static String text(@Nullable Peer peer) {
        if (peer == null) {
            return "";
        }
        String text = peer.address() + " " + known(peer.protocol()) + " " + known(peer.tlsVersion());
        return text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT ? "" : text;
    }

    /** The server of such a text; null if it tells of none. Words behind these three are of later versions. */
    public static @Nullable Peer peer(String text) {
        String[] words = text.split(" ", -1);
        return words.length < 3 || words[0].isEmpty() ? null : new Peer(words[0], word(words[1]), word(words[2]), null);
    }

    private static String known(@Nullable String word) {
        return word == null ? NONE : word;
    }

    private static @Nullable String word(String word) {
        return word.equals(NONE) ? null : word;
    }

    /**
     * Bytes that make no sense hide what stands before them, and only that.
     *
     * @param dayStart epoch milliseconds
     */
    public static PeerLog decode(byte[] day, long dayStart) {
        NavigableMap<Long, @Nullable Peer> changes = new TreeMap<>();
        Map<String, @Nullable Peer> known = new HashMap<>();
        int end = day.length;
        try {
            while (end > 0) {
                int length = day[end - 1] & 0xFF;
                int begin = end - 1 - TIME_BYTES - (length == AGAIN ? PLACE_BYTES : length);
                PackedReader in = new PackedReader(day, begin);
                long timestamp = dayStart + in.fixed(TIME_BYTES);
                String text = text(day, length == AGAIN ? (int) in.fixed(PLACE_BYTES) : end - 1);
                changes.putIfAbsent(timestamp, known.computeIfAbsent(text, PeerLog::peer));
                end = begin;
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return new PeerLog(changes);
        }
        return new PeerLog(changes);
    }

    /**
     * @param place of its length, which follows it
     */
    private static String text(byte[] day, int place) {
        int length = day[place] & 0xFF;
        return new PackedReader(day, place - length).text(length);
    }

    /** The server that a check reached which failed; null if none, or if that is not known. */
    public @Nullable Peer at(long timestamp) {
        Entry<Long, @Nullable Peer> change = changes.floorEntry(timestamp);
        return change == null ? null : change.getValue();
    }
}
