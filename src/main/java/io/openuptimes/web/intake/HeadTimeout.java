package io.openuptimes.web.intake;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Times the request heads of an HTTP/1 connection: the first from the connection's start, the others from their first
 * byte.
 */
final class HeadTimeout extends ChannelInboundHandlerAdapter {

    private final ArrivalTimeout arrival;

    private HeadTimeout(ArrivalTimeout arrival) {
        this.arrival = arrival;
    }

    /** Ignores connections that are not HTTP/1. */
    static void install(Channel channel, Intake intake) {
        HttpRequestDecoder codec = channel.pipeline().get(HttpRequestDecoder.class);
        if (codec != null) {
            ArrivalTimeout arrival = ArrivalTimeout.before(codec, channel, intake);
            arrival.await();
            String name = channel.pipeline().context(codec).name();
            channel.pipeline().addAfter(name, "headTimeout", new HeadTimeout(arrival));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            arrival.suspend(); // bodies have a minimum rate instead
        } else if (message instanceof LastHttpContent) {
            arrival.resume();
        }
        context.fireChannelRead(message);
    }
}
