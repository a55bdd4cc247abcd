package io.openuptimes.web.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Compresses pieces one at a time. Each is delivered in a later turn of the event loop, so that a fast client does not
 * monopolize it.
 *
 * <p>Belongs to one event loop.
 */
final class GzipPieces implements Pieces {

    /** Memory used in addition to the pieces, in bytes. */
    static final int MEMORY = PieceDeflater.MEMORY;

    private final Vertx vertx;
    private final Pieces plain;
    private final PieceDeflater deflater = new PieceDeflater();
    private final CRC32 checksum = new CRC32();
    private long length;
    private boolean begun;
    private boolean over;

    /**
     * @param plain pieces of about {@link Pieces#SIZE}; compressing one takes less than a millisecond
     */
    GzipPieces(Vertx vertx, Pieces plain) {
        this.vertx = vertx;
        this.plain = plain;
    }

    @Override
    public Future<@Nullable Buffer> next() {
        if (over) {
            return Future.succeededFuture(null);
        }
        return plain.next().compose(piece -> {
            Promise<@Nullable Buffer> later = Promise.promise();
            vertx.runOnContext(turn -> later.complete(over ? null : coded(piece)));
            return later.future();
        });
    }

    private Buffer coded(@Nullable Buffer piece) {
        Buffer out = Buffer.buffer(begun ? new byte[0] : Gzip.head());
        begun = true;
        if (piece == null) {
            over = true;
            return out.appendBytes(Gzip.end((int) checksum.getValue(), length));
        }
        byte[] bytes = piece.getBytes();
        checksum.update(bytes);
        length += bytes.length;
        return out.appendBytes(deflater.deflate(bytes));
    }

    @Override
    public void close() {
        over = true;
        deflater.close();
        plain.close();
    }
}
