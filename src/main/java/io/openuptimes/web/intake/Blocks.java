package io.openuptimes.web.intake;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects bytes in blocks of growing size: at most twice the received bytes are allocated, and every allocated byte is
 * counted.
 */
final class Blocks {

    private static final int LEAST = 512;
    private static final int MOST = 16 * 1024;

    private final HeldBytes held;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[0];
    private int used;
    private int length;

    Blocks(HeldBytes held) {
        this.held = held;
    }

    /** Null once the bytes are stored; otherwise the limit that is exhausted. */
    @Nullable
    Refusal add(Buffer chunk) {
        int from = 0;
        while (from < chunk.length()) {
            if (used == last.length) {
                int size = Math.min(MOST, Math.max(LEAST, length));
                Refusal refusal = held.take(size);
                if (refusal != null) {
                    return refusal;
                }
                if (used > 0) {
                    full.add(last);
                }
                last = new byte[size];
                used = 0;
            }
            int count = Math.min(chunk.length() - from, last.length - used);
            chunk.getBytes(from, from + count, last, used);
            used += count;
            length += count;
            from += count;
        }
        return null;
    }

    int length() {
        return length;
    }

    /** Returns all bytes as one array and empties the blocks. The bytes remain counted. */
    byte[] drain() {
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] block : full) {
            System.arraycopy(block, 0, all, at, block.length);
            at += block.length;
        }
        System.arraycopy(last, 0, all, at, used);
        full.clear();
        last = new byte[0];
        used = 0;
        length = 0;
        return all;
    }
}
