package io.openuptimes.web.board;

import io.netty.buffer.Unpooled;
import io.openuptimes.web.http.Gzip;
import io.openuptimes.web.http.Readers;
import io.openuptimes.web.http.Tags;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes, made once and sent many times.
 *
 * <p>They lie outside the heap, so that they go to the socket as they are, and are the garbage collector's to free:
 * slow clients may still be reading a rendering that has long been replaced.
 */
public final class Rendering {

    private final ByteBuffer bytes;
    private final Buffer body;
    private final String tag;
    private final Readers readers;
    private volatile @Nullable Buffer gzip;
    private volatile long gzipNanos;

    /**
     * @param bytes direct, ready to be read from position 0 to the limit; not to be written to any more
     */
    Rendering(ByteBuffer bytes) {
        this.bytes = bytes;
        this.body = wrap(bytes);
        this.tag = tag(bytes);
        this.readers = new Readers(bytes.limit());
    }

    /** Shares the bytes; they are to be direct, and not to be written to any more. */
    public static Buffer wrap(ByteBuffer bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.duplicate()));
    }

    private static String tag(ByteBuffer bytes) {
        CRC32 first = new CRC32();
        first.update(bytes.duplicate());
        CRC32C second = new CRC32C();
        second.update(bytes.duplicate());
        return Tags.of((int) first.getValue(), (int) second.getValue(), bytes.limit());
    }

    /** Shared: to be sent, not to be changed. */
    public Buffer body() {
        return body;
    }

    /** What the entity tags of both forms have in common. */
    public String tag() {
        return tag;
    }

    /** The answers that it is being sent in. Its event loop's. */
    public Readers readers() {
        return readers;
    }

    public int length() {
        return bytes.limit();
    }

    /** The compressed form if it has been made already. */
    @Nullable
    public Buffer gzipIfMade() {
        return gzip;
    }

    /** The compressed form; takes about ten milliseconds a megabyte the first time. May be called from any thread. */
    public Buffer gzip() {
        Buffer made = gzip;
        if (made == null) {
            long start = System.nanoTime();
            made = wrap(compress());
            gzipNanos = System.nanoTime() - start;
            gzip = made;
        }
        return made;
    }

    /** How long the compression took, 0 if there was none yet. */
    long gzipNanos() {
        return gzipNanos;
    }

    private ByteBuffer compress() {
        byte[] plain = new byte[bytes.limit()];
        bytes.duplicate().get(plain);
        byte[] zipped = Gzip.of(plain);
        return ByteBuffer.allocateDirect(zipped.length).put(zipped).flip();
    }
}
