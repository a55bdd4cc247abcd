package io.openuptimes.web.board;

import io.openuptimes.web.http.PieceDeflater;
import org.jspecify.annotations.Nullable;

/** Some of the bytes of a long answer, not to be written to, and their compressed form once somebody wanted it. */
final class Piece {

    private final byte[] plain;
    private final long version;
    private final boolean first;
    private volatile byte @Nullable [] deflated;

    /**
     * @param version of the segment that it shows
     * @param first there is no comma at its beginning
     */
    Piece(byte[] plain, long version, boolean first) {
        this.plain = plain;
        this.version = version;
        this.first = first;
    }

    byte[] plain() {
        return plain;
    }

    boolean shows(long wanted, boolean asFirst) {
        return version == wanted && first == asFirst;
    }

    byte[] deflated(PieceDeflater deflater) {
        byte[] made = deflated;
        if (made == null) {
            made = deflater.deflate(plain);
            deflated = made;
        }
        return made;
    }
}
