package io.openuptimes.web.http;

import org.jspecify.annotations.Nullable;

/** A read-only part of a {@link LongBody}, with its compressed form once that is needed. */
public final class Piece {

    private final byte[] plain;
    private final long version;
    private final boolean first;
    private volatile byte @Nullable [] deflated;

    /**
     * @param version of the segment that it shows
     * @param first whether it has no leading comma
     */
    public Piece(byte[] plain, long version, boolean first) {
        this.plain = plain;
        this.version = version;
        this.first = first;
    }

    /** Shared; must not be modified. */
    public byte[] plain() {
        return plain;
    }

    /** Whether it shows this version of the segment, with or without a leading comma. */
    public boolean shows(long wanted, boolean asFirst) {
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
