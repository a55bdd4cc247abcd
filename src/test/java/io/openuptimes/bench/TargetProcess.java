package io.openuptimes.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The target process: answers each connection's first request and closes, as cheaply as Netty can, or never responds.
 * {@code /accepts} returns the number of connections.
 *
 * <p>Arguments: addresses; ports for HTTP, HTTPS (0 for none), the target that never responds, and the one that is up
 * in even seconds and down in odd ones; certificate; key.
 */
final class TargetProcess {

    private static final ByteBuf UP = answer("200 OK", "fine\n");
    private static final ByteBuf DOWN = answer("503 Service Unavailable", "sick\n");

    private static long accepts; // confined to one event loop

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    private TargetProcess() {}

    public static void main(String[] args) throws Exception {
        TargetProcess target = new TargetProcess();
        int addresses = Integer.parseInt(args[0]);
        int http = Integer.parseInt(args[1]);
        int https = Integer.parseInt(args[2]);
        int hanging = Integer.parseInt(args[3]);
        int flipping = Integer.parseInt(args[4]);
        SslContext tls = SslContextBuilder.forServer(new File(args[5]), new File(args[6]))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
        target.listen("127.0.0.1", http, null, () -> new Answering(false));
        for (int i = 0; i < addresses; i++) {
            String address = Targets.address(i);
            target.listen(address, http, null, () -> new Answering(false));
            target.listen(address, flipping, null, () -> new Answering(true));
            target.listen(address, hanging, null, Silent::new);
            if (i < Targets.TLS_ADDRESSES) {
                target.listen(address, https, tls, () -> new Answering(false));
            }
        }
    }

    private void listen(String address, int port, SslContext tls, Supplier<ChannelHandler> handler)
            throws InterruptedException {
        if (port == 0) {
            return;
        }
        new ServerBootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepts++;
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(handler.get());
                    }
                })
                .bind(address, port)
                .sync();
    }

    private static ByteBuf answer(String status, String body) {
        String text =
                "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private static final class Answering extends Silent {

        private static final String COUNT = "GET /accepts";

        private final boolean flipping;
        private boolean answered;

        Answering(boolean flipping) {
            this.flipping = flipping;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!answered) { // a check's request arrives in one chunk
                answered = true;
                context.writeAndFlush(answerTo((ByteBuf) message)).addListener(ChannelFutureListener.CLOSE);
            }
            super.channelRead(context, message);
        }

        private ByteBuf answerTo(ByteBuf request) {
            int length = Math.min(COUNT.length(), request.readableBytes());
            if (request.toString(0, length, StandardCharsets.US_ASCII).equals(COUNT)) {
                return answer("200 OK", "accepts " + accepts);
            }
            return flipping && System.currentTimeMillis() / 1_000 % 2 > 0 ? DOWN.duplicate() : UP.duplicate();
        }
    }

    private static class Silent extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
