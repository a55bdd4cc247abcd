package io.openuptimes.check.net.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.model.Target;
import io.openuptimes.model.TlsVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes handshakes with servers on the loopback, under any name, and the second one where the first asks for it. */
final class TlsClient implements AutoCloseable {

    static final Alpn HTTP = new Alpn("h2", "http/1.1");

    static final TlsDemands STRICT = new TlsDemands(false, null, null, false, HTTP);
    static final TlsDemands CARELESS = new TlsDemands(true, null, null, false, HTTP);
    static final TlsDemands ONLY_1_3 = new TlsDemands(false, null, TlsVersion.V1_3, false, HTTP);

    /**
     * @param handshake the last one
     * @param problem empty where it succeeded
     * @param tries how many were made
     */
    record Result(Handshake handshake, String problem, int tries) {}

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ClientTls tls;

    TlsClient(@Nullable Path authority, boolean boringSsl, Map<String, ClientCertificate> certificates)
            throws InvalidSettingsException {
        this.tls = new ClientTls(
                Trust.load(authority == null ? null : authority.toString()),
                boringSsl,
                certificates,
                new ContextFactory(0, 10),
                Clock.systemUTC());
    }

    ClientTls tls() {
        return tls;
    }

    Result connect(String host, int port) throws Exception {
        return connect(host, port, STRICT);
    }

    Result connect(String host, int port, TlsDemands demands) throws Exception {
        Target target = new Target(true, host, port, "/");
        TlsDemands next = demands;
        for (int tries = 1; ; tries++) {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                            // the handshake's future has it
                        }
                    })
                    .connect("127.0.0.1", port)
                    .sync()
                    .channel();
            try {
                Handshake handshake = tls.begin(target, next, channel.alloc());
                channel.pipeline().addFirst(handshake.handler());
                var done = handshake.handler().handshakeFuture();
                if (!done.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("the handshake has no end");
                }
                if (done.isSuccess()) {
                    return new Result(handshake, "", tries);
                }
                next = handshake.otherEngine(done.cause());
                if (next == null) {
                    return new Result(handshake, handshake.problem(done.cause()), tries);
                }
            } finally {
                channel.close().sync();
            }
        }
    }

    @Override
    public void close() {
        tls.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
