package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Ends an HTTP/1 connection on which a request's head has begun and does not get complete, or on which nothing comes at
 * all after it was opened. Between requests a connection may be idle.
 *
 * <p>A head that begins in the same read as the end of the request before it counts from the next bytes on.
 */
final class HeadTimeout extends ChannelInboundHandlerAdapter implements Sweep.Watched {

    private static final long NONE = -1;

    private final Channel channel;
    private final Intake intake;
    /** Since when a head is awaited; {@link #NONE} while none is. */
    private long since;

    private boolean anything;
    private boolean betweenRequests = true;

    private HeadTimeout(Channel channel, Intake intake) {
        this.channel = channel;
        this.intake = intake;
        this.since = intake.sweep().now();
    }

    /** Does nothing to a connection that is not of HTTP/1. */
    static void install(Channel channel, Intake intake) {
        ChannelHandlerContext decoder = channel.pipeline().context(HttpRequestDecoder.class);
        if (decoder != null) {
            HeadTimeout timeout = new HeadTimeout(channel, intake);
            channel.pipeline().addBefore(decoder.name(), "headBytes", timeout.new Bytes());
            channel.pipeline().addAfter(decoder.name(), "headTimeout", timeout);
            intake.sweep().add(timeout);
        }
    }

    /** Sees what arrives before it is decoded. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (betweenRequests && (since == NONE || !anything)) {
                since = intake.sweep().now();
                anything = true;
            }
            context.fireChannelRead(bytes);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            betweenRequests = false;
            since = NONE;
        } else if (message instanceof LastHttpContent) {
            betweenRequests = true;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        intake.sweep().remove(this);
        context.fireChannelInactive();
    }

    @Override
    public void sweep(long now) {
        if (!channel.config().isAutoRead()) {
            since = since == NONE ? NONE : now; // it is us who do not read
        } else if (since != NONE && now - since >= intake.limits().head().toMillis()) {
            intake.sweep().remove(this);
            intake.metrics().refused(Refusal.SLOW_HEAD);
            channel.close();
        }
    }
}
