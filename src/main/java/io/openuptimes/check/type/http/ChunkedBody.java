package io.openuptimes.check.type.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes the chunked transfer coding (RFC 9112, section 7.1). Like curl, accepts padded chunk sizes and lines that end
 * with a bare line feed. Chunk extensions and trailers are skipped.
 */
final class ChunkedBody {

    private static final int MAX_DIGITS = 15;

    private enum State {
        SIZE,
        EXTENSION,
        DATA,
        AFTER_DATA,
        TRAILER
    }

    private State state = State.SIZE;
    private long size;
    private int digits;
    private boolean lineIsEmpty;

    /**
     * Decodes the available bytes.
     *
     * @param out receives the data, then {@link LastHttpContent#EMPTY_LAST_CONTENT}; nothing is read after that
     * @throws UnreadableAnswerException if the bytes are not in the chunked coding
     */
    void decode(ByteBuf in, List<Object> out) {
        while (in.isReadable()) {
            if (state == State.DATA) {
                int length = (int) Math.min(size, in.readableBytes());
                out.add(new DefaultHttpContent(in.readRetainedSlice(length)));
                size -= length;
                state = size == 0 ? State.AFTER_DATA : State.DATA;
            } else if (take(in.readByte())) {
                out.add(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
        }
    }

    /** Whether this byte ends the body. */
    private boolean take(byte b) {
        switch (state) {
            case SIZE -> takeSize(b);
            case EXTENSION -> {
                if (b == '\n') {
                    endSize();
                }
            }
            case AFTER_DATA -> {
                if (b == '\n') {
                    state = State.SIZE;
                } else if (b != '\r') {
                    throw new UnreadableAnswerException("a chunk is longer than its size");
                }
            }
            case TRAILER -> {
                if (b == '\n' && lineIsEmpty) {
                    return true;
                }
                lineIsEmpty = b == '\n' || (b == '\r' && lineIsEmpty);
            }
            case DATA -> throw new IllegalStateException("data is taken as a whole");
        }
        return false;
    }

    private void takeSize(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            if (++digits > MAX_DIGITS) {
                throw new UnreadableAnswerException("a chunk's size is too large");
            }
            size = size << 4 | digit;
        } else if (digits > 0) {
            state = State.EXTENSION;
            take(b);
        } else if (b != ' ' && b != '\t') {
            throw new UnreadableAnswerException("a chunk has no size");
        }
    }

    private void endSize() {
        digits = 0;
        lineIsEmpty = true;
        state = size == 0 ? State.TRAILER : State.DATA;
    }
}
