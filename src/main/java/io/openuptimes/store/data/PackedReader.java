package io.openuptimes.store.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link Packed} writes. Reading past the end throws an {@link IndexOutOfBoundsException}. */
public final class PackedReader {

    private final byte[] bytes;
    private int at;
    private final int end;

    public PackedReader(byte[] bytes, int at) {
        this(bytes, at, bytes.length);
    }

    private PackedReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    public boolean hasMore() {
        return at < end;
    }

    /**
     * Returns a reader of the next bytes, and skips them.
     *
     * @throws IllegalArgumentException if they are truncated
     */
    public PackedReader part(int length) {
        require(length);
        at += length;
        return new PackedReader(bytes, at - length, at);
    }

    public int octet() {
        if (at >= end) {
            throw new IndexOutOfBoundsException(at);
        }
        return bytes[at++] & 0xFF;
    }

    /** A number of {@code size} bytes, low bytes first. */
    public long fixed(int size) {
        long number = 0;
        for (int i = 0; i < size; i++) {
            number |= (long) octet() << (8 * i);
        }
        return number;
    }

    /**
     * @throws IllegalArgumentException if it does not end
     */
    public long number() {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = octet();
            number |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    /**
     * @throws IllegalArgumentException if the bytes are truncated
     */
    public byte[] raw(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /**
     * @throws IllegalArgumentException if it is truncated
     */
    public String text(int length) {
        require(length);
        String text = length == 0 ? "" : new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    private void require(int length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a text is cut off");
        }
    }
}
