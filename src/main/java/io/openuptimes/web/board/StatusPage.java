package io.openuptimes.web.board;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/status} for one audience, rendered when somebody asks and something has changed.
 *
 * <p>Rendering never takes more than a tenth of the time, however fast results come in and polls arrive: the next one
 * waits for ten times as long as the last one took, except where the board says that a change is to be seen at once.
 */
public final class StatusPage {

    private static final byte[] END = {']', '}'};
    private static final int REST = 10;

    private final boolean all;
    private final LongSupplier nanoTime;
    private @Nullable Rendering rendering;
    private long renderedVersion;
    private @Nullable BoardPoint renderedUpTo;
    private long renderedAt;
    private long cost;

    /**
     * @param all whether the audience sees hidden services too
     * @param nanoTime as {@link System#nanoTime}
     */
    StatusPage(boolean all, LongSupplier nanoTime) {
        this.all = all;
        this.nanoTime = nanoTime;
    }

    /**
     * @param entries of the board, in order
     * @param version of the board; grows with every change
     * @param urgentVersion the board's version at the last change that must be seen at once
     * @param upTo up to where the board is
     * @param storeReachable as the board has it
     */
    Rendering current(
            Supplier<List<BoardEntry>> entries,
            long version,
            long urgentVersion,
            @Nullable BoardPoint upTo,
            boolean storeReachable) {
        Rendering last = rendering;
        if (last == null || renderedVersion == version) {
            renderedUpTo = upTo;
        }
        long now = nanoTime.getAsLong();
        if (last != null
                && (renderedVersion == version
                        || (renderedVersion >= urgentVersion && now - renderedAt < pause(last)))) {
            return last;
        }
        Rendering fresh = render(entries.get(), storeReachable);
        renderedAt = nanoTime.getAsLong();
        cost = renderedAt - now;
        renderedVersion = version;
        renderedUpTo = upTo;
        rendering = fresh;
        return fresh;
    }

    /** Up to where the last one is. */
    @Nullable
    BoardPoint upTo() {
        return renderedUpTo;
    }

    private long pause(Rendering last) {
        return REST * (cost + last.gzipNanos());
    }

    private Rendering render(List<BoardEntry> entries, boolean storeReachable) {
        Counts counts = new Counts();
        int size = 0;
        for (BoardEntry entry : entries) {
            if (!all && !entry.service().visible()) {
                continue;
            }
            counts.add(entry);
            size += entry.fragment().length + 1;
        }
        byte[] head = head(counts, storeReachable).getBytes(StandardCharsets.US_ASCII);
        // a comma less than fragments
        ByteBuffer bytes = ByteBuffer.allocateDirect(head.length + Math.max(0, size - 1) + END.length);
        bytes.put(head);
        for (BoardEntry entry : entries) {
            if (all || entry.service().visible()) {
                if (bytes.position() > head.length) {
                    bytes.put((byte) ',');
                }
                bytes.put(entry.fragment());
            }
        }
        return new Rendering(bytes.put(END).flip());
    }

    static String head(Counts counts, boolean storeReachable) {
        return "{\"overall\":\"" + counts.overall().word() + "\",\"updated\":"
                + (counts.updated() == 0 ? "null" : counts.updated())
                + (storeReachable ? "" : ",\"storeReachable\":false")
                + ",\"services\":[";
    }
}
