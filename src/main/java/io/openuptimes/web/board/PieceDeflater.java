package io.openuptimes.web.board;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Compresses pieces so that they can be put one behind the other: each ends at a whole byte, and refers to none before. */
final class PieceDeflater implements AutoCloseable {

    private final Deflater deflater = new Deflater(Gzip.LEVEL, true);
    private final byte[] buffer = new byte[16 * 1024];

    byte[] deflate(byte[] plain) {
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
