package io.openuptimes.check.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Drops the interim answers that may come before the final one (RFC 9110, section 15.2). The client knows 100 and 103
 * only and would take any other, such as 102, for the final one. A server that sends nothing else is stopped.
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

    private static final int MOST = 50;

    private int seen;
    private boolean dropping;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse answer && isInterim(answer)) {
            dropping = true;
            if (++seen > MOST) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(new TooLongFrameException("more than " + MOST + " interim answers"));
                return;
            }
        }
        if (!dropping) {
            context.fireChannelRead(message);
            return;
        }
        dropping = !(message instanceof LastHttpContent);
        ReferenceCountUtil.release(message);
    }

    private static boolean isInterim(HttpResponse answer) {
        int code = answer.status().code();
        return ((HttpObject) answer).decoderResult().isSuccess() && code >= 100 && code <= 199 && code != 101;
    }
}
