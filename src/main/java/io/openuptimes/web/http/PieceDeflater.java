package io.openuptimes.web.http;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compresses pieces so that they can be put one behind the other: each ends at a whole byte, and refers to none before. */
public final class PieceDeflater implements AutoCloseable {

    /** What it occupies outside the heap, and its buffer, in bytes. */
    static final int MEMORY = 288 * 1024;

    private final Deflater deflater = new Deflater(Gzip.LEVEL, true);
    private final byte[] buffer = new byte[16 * 1024];

    public byte[] deflate(byte[] plain) {
        deflater.reset();
        deflater.setInput(plain);
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 6 + 64);
        int made;
        do {
            made = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, made);
        } while (made == buffer.length);
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
