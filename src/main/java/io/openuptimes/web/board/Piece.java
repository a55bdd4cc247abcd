package io.openuptimes.web.board;

import io.openuptimes.web.http.PieceDeflater;
import org.jspecify.annotations.Nullable;

/** A read-only part of a long answer, with its compressed form once that is needed. */
final class Piece {

    private final byte[] plain;
    private final long version;
    private final boolean first;
    private volatile byte @Nullable [] deflated;

    /**
     * @param version of the segment that it shows
     * @param first whether it has no leading comma
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
