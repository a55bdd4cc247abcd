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
 * The servers reached by the failed checks of one day. Stored separately from the day's history, so that versions that
 * do not know it can still read and write the history.
 *
 * <p>Only changes are stored: a service that fails all day at one server takes one entry, and one that alternates
 * between two has each named once. An entry consists of the milliseconds since the start of the day (4 bytes, low bytes
 * first), the server as in {@link #text}, and the length of that text (a byte). If the text occurred before, the entry
 * has the position of that text's length (2 bytes) instead, and 255 as its length. An entry holds for all failures up
 * to the next one. The script {@code record.lua} appends up to 16 KiB: some 2,000 changes, or 400 if all servers
 * differ. The servers of later failures on that day are not recorded.
 *
 * <p>While nodes of an older version, which records no servers, write too, their failures are attributed to the
 * previous server.
 */
public final class PeerLog {

    private static final int AGAIN = 0xFF;
    private static final int MAX_TEXT = AGAIN - 1;
    private static final int TIME_BYTES = 4;
    private static final int PLACE_BYTES = 2;
    /** Stands for an unknown value. */
    private static final String NONE = "-";

    /** For a day without failures, or none that reached a server. */
    public static final PeerLog EMPTY = new PeerLog(new TreeMap<>());

    private final NavigableMap<Long, @Nullable Peer> changes;

    private PeerLog(NavigableMap<Long, @Nullable Peer> changes) {
        this.changes = changes;
    }

    /**
     * The server in up to 254 bytes: address, protocol and TLS version, separated by spaces; empty if none was reached.
     * Does not include the certificate.
     */
    public static String text(@Nullable Peer peer) {
        if (peer == null) {
            return "";
        }
        String text = peer.address() + " " + known(peer.protocol()) + " " + known(peer.tlsVersion());
        return text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT ? "" : text;
    }

    /** Parses such a text; null if it names no server. Additional words are from later versions. */
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
     * Invalid bytes hide only what precedes them.
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
     * @param place position of its length, which follows it
     */
    private static String text(byte[] day, int place) {
        int length = day[place] & 0xFF;
        return new PackedReader(day, place - length).text(length);
    }

    /** The server reached by a failed check; null if none was, or if it is not known. */
    public @Nullable Peer at(long timestamp) {
        Entry<Long, @Nullable Peer> change = changes.floorEntry(timestamp);
        return change == null ? null : change.getValue();
    }
}
