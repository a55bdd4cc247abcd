package io.openuptimes.check.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.openuptimes.model.Method;

/** Reads an answer. One to a HEAD ends with its head, whatever that says of a body. */
final class AnswerDecoder extends HttpResponseDecoder {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final HttpDecoderConfig CONFIG =
            new HttpDecoderConfig().setMaxHeaderSize(MAX_HEAD_BYTES).setMaxInitialLineLength(MAX_LINE_BYTES);

    private final boolean toHead;

    AnswerDecoder(Method method) {
        super(CONFIG);
        this.toHead = method == Method.HEAD;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
        return toHead || super.isContentAlwaysEmpty(answer);
    }
}
