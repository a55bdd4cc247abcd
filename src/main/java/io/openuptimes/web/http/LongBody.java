package io.openuptimes.web.http;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A body of several megabytes, in pieces that are shared by many responses and reused while unchanged. */
public final class LongBody {

    private final List<Piece> pieces;
    private final long length;
    private final int checksum;
    private final String tag;
    private final Readers readers = new Readers(0); // the caller limits the number of bodies in use
    private volatile @Nullable List<byte[]> gzip;

    /**
     * @param pieces in order
     */
    public LongBody(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        CRC32 first = new CRC32();
        CRC32C second = new CRC32C();
        long sum = 0;
        for (Piece piece : pieces) {
            first.update(piece.plain());
            second.update(piece.plain());
            sum += piece.plain().length;
        }
        length = sum;
        checksum = (int) first.getValue();
        tag = Tags.of(checksum, (int) second.getValue(), sum);
    }

    /** The common part of both forms' entity tags. */
    public String tag() {
        return tag;
    }

    /** Shared; must not be modified. */
    public List<byte[]> plain() {
        return pieces.stream().map(Piece::plain).toList();
    }

    /** The compressed form if it is already available. */
    public @Nullable List<byte[]> gzipIfMade() {
        return gzip;
    }

    /**
     * The compressed form: one gzip member made of separately compressed pieces. (Several members in a row would be
     * simpler, but browsers read only the first.) Thread-safe; slow.
     */
    public synchronized List<byte[]> gzip() {
        List<byte[]> made = gzip;
        if (made == null) {
            made = new ArrayList<>(pieces.size() + 2);
            made.add(Gzip.head());
            try (PieceDeflater deflater = new PieceDeflater()) {
                for (Piece piece : pieces) {
                    made.add(piece.deflated(deflater));
                }
            }
            made.add(Gzip.end(checksum, length));
            gzip = made;
        }
        return made;
    }

    /** The responses that are sending it. Belongs to the event loop. */
    public Readers readers() {
        return readers;
    }
}
