package io.openuptimes.web.board;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compression for answers: fast rather than small. */
public final class Gzip {

    static final int LEVEL = 3;

    private Gzip() {}

    public static byte[] of(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream zip = new Fast(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot be: it is all memory
        }
        return out.toByteArray();
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(LEVEL);
        }
    }
}
