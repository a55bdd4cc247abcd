package io.openuptimes.web.http;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compresses pieces that can be concatenated: each ends on a byte boundary and refers to no earlier piece. */
public final class PieceDeflater implements AutoCloseable {

    /** Memory used off the heap and by the buffer, in bytes. */
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
