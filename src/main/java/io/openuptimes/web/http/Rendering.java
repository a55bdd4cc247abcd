package io.openuptimes.web.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes, rendered once and sent many times.
 *
 * <p>They are off-heap, so that they reach the socket without a copy. The garbage collector frees them, because slow
 * clients may still be reading a rendering that was replaced long ago.
 */
public final class Rendering {

    private final ByteBuffer bytes;
    private final Buffer body;
    private final String tag;
    private final Readers readers;
    private volatile @Nullable Buffer gzip;
    private volatile long gzipNanos;

    /**
     * @param bytes direct, readable from position 0 to the limit; must not be modified afterwards
     */
    public Rendering(ByteBuffer bytes) {
        this.bytes = bytes;
        this.body = wrap(bytes);
        this.tag = tag(bytes);
        this.readers = new Readers(bytes.limit());
    }

    /** Shares the bytes, which must be direct and must not be modified afterwards. */
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

    /** Shared; must not be modified. */
    public Buffer body() {
        return body;
    }

    /** The common part of both forms' entity tags. */
    public String tag() {
        return tag;
    }

    /** The responses that are sending it. Belongs to the event loop. */
    public Readers readers() {
        return readers;
    }

    public int length() {
        return bytes.limit();
    }

    /** The compressed form if it is already available. */
    @Nullable
    public Buffer gzipIfMade() {
        return gzip;
    }

    /** The compressed form; the first call takes about ten milliseconds per megabyte. Thread-safe. */
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

    /** Duration of the compression; 0 before it. */
    public long gzipNanos() {
        return gzipNanos;
    }

    private ByteBuffer compress() {
        byte[] plain = new byte[bytes.limit()];
        bytes.duplicate().get(plain);
        byte[] zipped = Gzip.of(plain);
        return ByteBuffer.allocateDirect(zipped.length).put(zipped).flip();
    }
}
