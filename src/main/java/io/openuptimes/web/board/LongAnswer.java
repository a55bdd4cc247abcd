package io.openuptimes.web.board;

import io.openuptimes.web.http.Gzip;
import io.openuptimes.web.http.PieceDeflater;
import io.openuptimes.web.http.Readers;
import io.openuptimes.web.http.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An answer of several megabytes, in pieces that are shared by many responses and reused while unchanged. */
public final class LongAnswer {

    private final List<Piece> pieces;
    private final Map<Segment, Piece> bySegment;
    private final boolean withHidden;
    private final @Nullable BoardPoint upTo;
    private final long length;
    private final int checksum;
    private final String tag;
    private final Readers readers = new Readers(0); // LongAnswers limits how many answers are in use
    private volatile @Nullable List<byte[]> gzip;

    /**
     * @param pieces in order
     * @param bySegment pieces of whole segments
     * @param withHidden whether it contains a hidden service
     * @param upTo all events up to this point are included
     */
    LongAnswer(List<Piece> pieces, Map<Segment, Piece> bySegment, boolean withHidden, @Nullable BoardPoint upTo) {
        this.upTo = upTo;
        this.pieces = pieces;
        this.bySegment = bySegment;
        this.withHidden = withHidden;
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

    @Nullable
    Piece pieceOf(Segment segment) {
        return bySegment.get(segment);
    }

    /** All events up to this point are included. */
    public @Nullable BoardPoint upTo() {
        return upTo;
    }

    boolean withHidden() {
        return withHidden;
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
