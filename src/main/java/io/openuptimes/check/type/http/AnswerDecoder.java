package io.openuptimes.check.type.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the final HTTP/1 answer to one request, as leniently as curl. A connection serves one request, so answers
 * cannot be confused with each other, and only the status matters. Interim answers are dropped (RFC 9110, section
 * 15.2). An answer to HEAD ends with its head.
 *
 * <p>The size of each head, including interim ones, and of the body is limited, including blank lines before a head and
 * the framing of a body. Limits count bytes instead of reads, so that the verdict does not depend on how the bytes
 * arrive.
 */
final class AnswerDecoder extends HttpResponseDecoder {

    /** Counts everything since the previous head; a longer one is a {@link TooLongFrameException}. */
    static final int MAX_HEAD_BYTES = 256 * 1024;

    /** The body is cut off here: the status is known, and the rest is not worth the traffic. */
    static final int MAX_BODY_BYTES = 1 << 20;

    private static final int MOST_INTERIM_ANSWERS = 50;

    /** Content types of TLS records that a server sends first, and the major version that follows. */
    private static final int TLS_ALERT = 21;

    private static final int TLS_HANDSHAKE = 22;
    private static final int TLS_MAJOR_VERSION = 3;

    private static final HttpDecoderConfig CONFIG = new HttpDecoderConfig()
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxInitialLineLength(MAX_HEAD_BYTES)
            .setStrictLineParsing(false)
            .setAllowDuplicateContentLengths(true)
            .setUseRfc9112TransferEncoding(false)
            .setHeadersFactory(AnswerHeaders.FACTORY)
            .setTrailersFactory(AnswerHeaders.FACTORY);

    private final boolean toHead;
    private final Runnable begins;
    private @Nullable ChunkedBody chunks;
    private boolean begun;
    private boolean inBody;
    private boolean ended;
    private int interimAnswers;
    private int room = MAX_HEAD_BYTES;

    /**
     * @param begins called when the first bytes of the answer arrive
     */
    AnswerDecoder(Method method, Runnable begins) {
        super(CONFIG);
        this.begins = begins;
        this.toHead = method == Method.HEAD;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
        return toHead || super.isContentAlwaysEmpty(answer);
    }

    /** Whether a final answer follows (RFC 9110, section 15.2). */
    private static boolean isInterim(int code) {
        return code >= 100 && code <= 199 && code != 101;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (ended) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!begun) {
            begun = true;
            begins.run();
        }
        if (room == MAX_HEAD_BYTES && !inBody && in.isReadable() && mayBeTls(in)) {
            return;
        }
        boolean exceeds = in.readableBytes() > room;
        ByteBuf window = exceeds ? in.slice(in.readerIndex(), room) : in;
        int before = window.readableBytes();
        if (chunks == null) {
            super.decode(context, window, out);
        } else {
            chunks.decode(window, out);
        }
        int taken = before - window.readableBytes();
        if (exceeds) {
            in.skipBytes(taken);
        }
        room -= taken;
        if (exceeds && taken == 0 && out.isEmpty()) {
            exceeded(in, out);
        } else if (!out.isEmpty()) {
            read(out);
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

    private void read(List<Object> out) {
        explain((HttpObject) out.get(0));
        if (!inBody && out.get(0) instanceof HttpResponse head) {
            readHead(head, out);
        }
        ended |= inBody && !out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent;
    }

    private void readHead(HttpResponse head, List<Object> out) {
        room = MAX_HEAD_BYTES;
        if (head.decoderResult().isSuccess() && isInterim(head.status().code())) {
            out.forEach(ReferenceCountUtil::release);
            out.clear();
            if (++interimAnswers > MOST_INTERIM_ANSWERS) {
                throw new TooLongFrameException("more than " + MOST_INTERIM_ANSWERS + " interim answers");
            }
            return;
        }
        inBody = true;
        room = MAX_BODY_BYTES;
        if (head.headers() instanceof AnswerHeaders headers && headers.isCoded()) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            chunks = headers.isChunked() ? new ChunkedBody() : null;
        }
    }

    /** Explains why the answer could not be decoded. */
    private void explain(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            Throwable cause = part.decoderResult().cause();
            if (!(cause instanceof TooLongFrameException)) {
                part.setDecoderResult(DecoderResult.failure(new UnreadableAnswerException(reason(cause))));
            }
        } else if (part instanceof HttpResponse head && !isVersionAskedFor(head.protocolVersion())) {
            part.setDecoderResult(
                    DecoderResult.failure(new UnreadableAnswerException("its HTTP version was not requested")));
        }
    }

    private static boolean isVersionAskedFor(HttpVersion version) {
        return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
    }

    private String reason(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "");
        if (message.contains("Content-Length")) {
            return "its Content-Length is invalid";
        }
        return message.contains("colon") ? "a header line has no colon" : "it has no HTTP status line";
    }

    /** Whether the second byte is needed to decide. */
    private static boolean mayBeTls(ByteBuf in) {
        int type = in.getUnsignedByte(in.readerIndex());
        if (type != TLS_ALERT && type != TLS_HANDSHAKE) {
            return false;
        }
        if (in.readableBytes() > 1 && in.getUnsignedByte(in.readerIndex() + 1) == TLS_MAJOR_VERSION) {
            throw new UnreadableAnswerException("the server responded with TLS");
        }
        return in.readableBytes() == 1;
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (chunks == null) {
            super.decodeLast(context, in, out);
        } else {
            decode(context, in, out); // the end of the connection does not end a chunked body
        }
    }
}
