package io.openuptimes.check.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.openuptimes.model.Method;
import java.util.List;

/**
 * Reads an answer. One to a HEAD ends with its head, whatever that says of a body.
 *
 * <p>Each head, that of an interim answer too, and the body are bounded with everything that comes along: blank lines
 * before a head, chunk sizes and extensions within the body. The bounds count bytes, not reads, so that an answer means the same however
 * its bytes arrive.
 */
final class AnswerDecoder extends HttpResponseDecoder {

    /** From the end of what came before to the end of the head. A longer one is a {@link TooLongFrameException}. */
    static final int MAX_HEAD_BYTES = 64 * 1024;

    /** A longer body ends here: the status is known, and the rest is not worth the traffic. */
    static final int MAX_BODY_BYTES = 1 << 20;

    private static final HttpDecoderConfig CONFIG =
            new HttpDecoderConfig().setMaxHeaderSize(MAX_HEAD_BYTES).setMaxInitialLineLength(MAX_HEAD_BYTES);

    private final boolean toHead;
    private boolean inBody;
    private boolean ended;
    private int room = MAX_HEAD_BYTES;

    AnswerDecoder(Method method) {
        super(CONFIG);
        this.toHead = method == Method.HEAD;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
        return toHead || super.isContentAlwaysEmpty(answer);
    }

    /** Whether a final answer follows (RFC 9110, section 15.2). */
    static boolean isInterim(int code) {
        return code >= 100 && code <= 199 && code != 101;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        boolean exceeds = in.readableBytes() > room;
        ByteBuf window = exceeds ? in.slice(in.readerIndex(), room) : in;
        int before = window.readableBytes();
        super.decode(context, window, out);
        int taken = before - window.readableBytes();
        if (exceeds) {
            in.skipBytes(taken);
        }
        room -= taken;
        if (exceeds && taken == 0 && out.isEmpty()) {
            exceeded(in, out);
        } else if (!inBody && startsAnswer(out)) {
            inBody = isFinalHead(out);
            room = inBody ? MAX_BODY_BYTES : MAX_HEAD_BYTES;
        }
    }

    private void exceeded(ByteBuf in, List<Object> out) {
        if (!inBody) {
            throw new TooLongFrameException("a head of more than " + MAX_HEAD_BYTES + " bytes");
        }
        ended = true;
        in.skipBytes(in.readableBytes());
        out.add(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static boolean startsAnswer(List<Object> out) {
        return !out.isEmpty() && out.get(0) instanceof HttpResponse;
    }

    private static boolean isFinalHead(List<Object> out) {
        return out.get(0) instanceof HttpResponse head
                && !isInterim(head.status().code());
    }
}
