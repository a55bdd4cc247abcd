package io.openuptimes.web.events;

import io.openuptimes.web.access.Sight;
import io.openuptimes.web.http.Rendering;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Caches rendered ranges of the log for all streams at the same position. */
public final class EventChunks {

    private static final int MAX_ITEMS = 200;
    private static final int MAX_LENGTH = 32 * 1024;
    private static final int REMEMBERED = 8;

    /**
     * @param from position of the first item
     * @param until requested end
     * @param sight the audience
     * @param concealments {@link EventLog#concealments()} at the time of rendering
     * @param to position after the last item
     * @param bytes shared; may be empty
     */
    record Chunk(long from, long until, Sight sight, int concealments, long to, Buffer bytes) {}

    private final EventLog log;
    private final Deque<Chunk> made = new ArrayDeque<>();

    EventChunks(EventLog log) {
        this.log = log;
    }

    /**
     * Renders the next items, up to a reasonable chunk size.
     *
     * @param place first position in the log
     * @param until a later position, at most the log's end
     */
    Chunk from(long place, long until, Sight sight) {
        for (Chunk chunk : made) {
            if (chunk.from() == place
                    && chunk.until() == until
                    && chunk.sight().equals(sight)
                    && chunk.concealments() == log.concealments()) {
                return chunk;
            }
        }
        Chunk chunk = make(place, until, sight);
        if (made.size() == REMEMBERED) {
            made.removeLast();
        }
        made.addFirst(chunk);
        return chunk;
    }

    private Chunk make(long from, long until, Sight sight) {
        StringBuilder text = new StringBuilder();
        long place = from;
        while (place < until && place - from < MAX_ITEMS && text.length() < MAX_LENGTH) {
            EventItem item = log.get(place);
            String lines = item.text(sight);
            if (!lines.isEmpty()) {
                if (!item.isProvisional()) {
                    text.append("id: ").append(item.id()).append('\n');
                }
                text.append(lines).append('\n');
            }
            place++;
        }
        return new Chunk(from, until, sight, log.concealments(), place, bytes(text.toString()));
    }

    /** Allocated off the heap, so that many sockets can send the same bytes without copying them. */
    static Buffer bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Rendering.wrap(ByteBuffer.allocateDirect(utf8.length).put(utf8).flip());
    }
}
