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

/** An answer of megabytes, in pieces that are sent to many and, where nothing in them has changed, used again. */
public final class LongAnswer {

    private final List<Piece> pieces;
    private final Map<Segment, Piece> bySegment;
    private final boolean withHidden;
    private final @Nullable BoardPoint upTo;
    private final long length;
    private final int checksum;
    private final String tag;
    private final Readers readers = new Readers(0); // LongAnswers bounds how many are in use
    private volatile @Nullable List<byte[]> gzip;

    /**
     * @param pieces in order
     * @param bySegment those of whole segments
     * @param withHidden whether a hidden service is in it
     * @param upTo whatever happened up to there is in it
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

    /** Whatever happened up to there is in it. */
    public @Nullable BoardPoint upTo() {
        return upTo;
    }

    boolean withHidden() {
        return withHidden;
    }

    /** What the entity tags of both forms have in common. */
    public String tag() {
        return tag;
    }

    /** Shared, not to be changed. */
    public List<byte[]> plain() {
        return pieces.stream().map(Piece::plain).toList();
    }

    /** The compressed form if it has been made already. */
    public @Nullable List<byte[]> gzipIfMade() {
        return gzip;
    }

    /**
     * The compressed form: one gzip member, of pieces that are each compressed on its own. (Several members in a row would
     * be simpler, and of those browsers read the first.) May be called from any thread; takes its time.
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

    /** Whom it is being sent to. Its event loop's. */
    public Readers readers() {
        return readers;
    }
}
