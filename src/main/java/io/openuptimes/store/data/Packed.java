package io.openuptimes.store.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the store's encodings of numbers and texts. */
public final class Packed {

    /** The longest text with a two-byte length. */
    private static final int MAX_TEXT = 0xFFFF;

    private byte[] bytes;
    private int length;

    /**
     * @param expected number of bytes; more may follow
     */
    public Packed(int expected) {
        bytes = new byte[expected];
    }

    /** The lowest eight bits. */
    public Packed octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** A number in {@code size} bytes, low bytes first. */
    public Packed fixed(long value, int size) {
        room(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** A non-negative number of variable length, seven bits per byte, low bits first. */
    public Packed number(long value) {
        room(9);
        long rest = value;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    public Packed raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** A text of up to 255 bytes, preceded by its length in one byte. */
    public Packed shortText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xFF) {
            throw new IllegalArgumentException("a text is too long");
        }
        return octet(utf8.length).raw(utf8);
    }

    /** A text, truncated to what a two-byte length allows and preceded by that length. */
    public Packed text(String text) {
        byte[] utf8 = text.isEmpty() ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        byte[] kept = utf8.length <= MAX_TEXT ? utf8 : Arrays.copyOf(utf8, MAX_TEXT);
        return fixed(kept.length, 2).raw(kept);
    }

    /** Reserves two bytes for the length of the following bytes, which {@link #endText} writes. */
    public int beginText() {
        fixed(0, 2);
        return length;
    }

    /**
     * @param begin returned by {@link #beginText}
     */
    public Packed endText(int begin) {
        int written = length - begin;
        bytes[begin - 2] = (byte) written;
        bytes[begin - 1] = (byte) (written >>> 8);
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
