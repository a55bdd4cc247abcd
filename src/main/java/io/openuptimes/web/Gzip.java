package io.openuptimes.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compression for answers: fast rather than small. */
final class Gzip {

    private Gzip() {}

    static byte[] of(byte[] plain) {
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
            def.setLevel(3);
        }
    }
}
