package io.openuptimes.web.board;

import io.openuptimes.web.http.Rendering;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/status} for one audience, rendered on request after a change.
 *
 * <p>Rendering takes at most a tenth of the time, however often results and polls arrive: after a rendering, the next
 * one waits ten times its duration, unless the board has a change that must be visible at once.
 */
public final class StatusPage {

    private static final byte[] END = {']', '}'};
    private static final int REST = 10;

    private final StatusBoard board;
    private final boolean all;
    private final LongSupplier nanoTime;
    private @Nullable Rendering rendering;
    private long renderedVersion;
    private @Nullable BoardPoint renderedUpTo;
    private long renderedAt;
    private long cost;

    /**
     * @param all whether the audience also sees hidden services
     * @param nanoTime as {@link System#nanoTime}
     */
    StatusPage(StatusBoard board, boolean all, LongSupplier nanoTime) {
        this.board = board;
        this.all = all;
        this.nanoTime = nanoTime;
    }

    Rendering current() {
        long version = board.versions().current();
        BoardPoint upTo = board.progress().point();
        Rendering last = rendering;
        if (last == null || renderedVersion == version) {
            renderedUpTo = upTo;
        }
        long now = nanoTime.getAsLong();
        if (last != null
                && (renderedVersion == version
                        || (renderedVersion >= board.versions().urgent() && now - renderedAt < pause(last)))) {
            return last;
        }
        Rendering fresh = render(board.entries(), board.outlook().isStoreReachable());
        renderedAt = nanoTime.getAsLong();
        cost = renderedAt - now;
        renderedVersion = version;
        renderedUpTo = upTo;
        rendering = fresh;
        return fresh;
    }

    /** The point that the last rendering reflects. */
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
        // one comma less than fragments
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
