package io.openuptimes.web.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses responses, favouring speed over size. */
public final class Gzip {

    static final int LEVEL = 3;

    private Gzip() {}

    public static byte[] of(byte[] plain) {
        return of(plain, LEVEL);
    }

    /** Compresses at the highest level, for content that is compressed once and served until the process ends. */
    public static byte[] smallest(byte[] plain) {
        return of(plain, Deflater.BEST_COMPRESSION);
    }

    private static byte[] of(byte[] plain, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream zip = new WithLevel(out, level)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return out.toByteArray();
    }

    /** One gzip member made of independently compressed pieces. */
    public static List<byte[]> of(List<byte[]> pieces) {
        CRC32 checksum = new CRC32();
        long length = 0;
        List<byte[]> made = new ArrayList<>(pieces.size() + 2);
        made.add(head());
        try (PieceDeflater deflater = new PieceDeflater()) {
            for (byte[] piece : pieces) {
                checksum.update(piece);
                length += piece.length;
                made.add(deflater.deflate(piece));
            }
        }
        made.add(end((int) checksum.getValue(), length));
        return made;
    }

    /** The header of a member. */
    public static byte[] head() {
        return new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    }

    /**
     * The trailer of a member made of pieces.
     *
     * @param crc32 checksum of the plain content
     * @param length of the plain content, in bytes
     */
    public static byte[] end(int crc32, long length) {
        ByteBuffer end = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        return end.put((byte) 3)
                .put((byte) 0) // an empty final block
                .putInt(crc32)
                .putInt((int) length)
                .array();
    }

    private static final class WithLevel extends GZIPOutputStream {
        WithLevel(ByteArrayOutputStream out, int level) throws IOException {
            super(out, 8192);
            def.setLevel(level);
        }
    }
}
