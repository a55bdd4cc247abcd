package io.openuptimes.check.net.lookup;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.dns.DefaultDnsQuery;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.handler.codec.dns.TcpDnsResponseDecoder;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** Sends a query over its own TCP connection, for answers that do not fit into a datagram. */
final class TcpQuery extends SimpleChannelInboundHandler<DnsResponse> {

    private final Channel channel;
    private final DnsQuery query;

    /**
     * @param channel not registered yet
     */
    TcpQuery(Channel channel, DnsQuery query) {
        this.channel = channel;
        this.query = query;
        channel.pipeline().addLast(new TcpDnsQueryEncoder(), new TcpDnsResponseDecoder(), this);
        query.onEnd(() ->
                channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()))); // see UdpSocket
    }

    void connect(InetSocketAddress server) {
        channel.connect(server).addListener(done -> {
            if (done.isSuccess()) {
                DefaultDnsQuery message =
                        new DefaultDnsQuery(ThreadLocalRandom.current().nextInt(1 << 16));
                message.setRecursionDesired(true);
                message.addRecord(DnsSection.QUESTION, query.question());
                var unused = channel.writeAndFlush(message);
            } else {
                query.end(DnsAnswer.unreachable(server, done.cause()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
        if (query.isAnsweredBy(response)) {
            query.answered(response);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        query.end(DnsAnswer.failed(Reason.SERVER_SILENT));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        query.end(DnsAnswer.failed(Reason.SERVER_FAILED));
    }
}
