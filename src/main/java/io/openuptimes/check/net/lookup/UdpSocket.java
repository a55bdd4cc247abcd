package io.openuptimes.check.net.lookup;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket for concurrent queries to one name server. It is connected, so that it accepts datagrams from that server
 * only and reports an unreachable port at once. It is short-lived, so that its port cannot be guessed: it closes when
 * no query is left, and is replaced after {@value #MAX_QUERIES} queries.
 */
final class UdpSocket extends SimpleChannelInboundHandler<DnsResponse> {

    static final int MAX_QUERIES = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Channel channel;
    private final InetSocketAddress server;
    private final Consumer<DnsQuery> truncated;
    private final Map<Integer, DnsQuery> underWay = new HashMap<>();
    private @Nullable Throwable failed;
    private int asked;
    private boolean closing;

    /**
     * @param channel not registered yet
     * @param truncated receives queries whose answer does not fit into a datagram
     */
    UdpSocket(Channel channel, InetSocketAddress server, Consumer<DnsQuery> truncated) {
        this.channel = channel;
        this.server = server;
        this.truncated = truncated;
        channel.pipeline().addLast(new DatagramDnsQueryEncoder(), new DatagramDnsResponseDecoder(), this);
    }

    /** Fails all queries if the connection fails. */
    void connect() {
        channel.connect(server).addListener(done -> {
            if (!done.isSuccess()) {
                fail(done.cause());
            }
        });
    }

    boolean hasRoom() {
        return asked < MAX_QUERIES && !closing && channel.isOpen();
    }

    void ask(DnsQuery query) {
        if (failed != null) {
            query.end(DnsAnswer.unreachable(server, failed));
            return;
        }
        int id = RANDOM.nextInt(1 << 16);
        while (underWay.containsKey(id)) {
            id = RANDOM.nextInt(1 << 16);
        }
        int own = id;
        asked++;
        underWay.put(own, query);
        query.onEnd(() -> forget(own));
        DatagramDnsQuery message = new DatagramDnsQuery(null, server, own);
        message.setRecursionDesired(true);
        message.addRecord(DnsSection.QUESTION, query.question());
        channel.writeAndFlush(message).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(sent.cause());
            }
        });
    }

    private void forget(int id) {
        underWay.remove(id);
        if (underWay.isEmpty()) {
            closeLater();
        }
    }

    /**
     * Closes in a later event loop turn: a socket opened now could reuse the file descriptor and receive its events.
     */
    private void closeLater() {
        closing = true;
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DnsResponse response) {
        DnsQuery query = underWay.get(response.id());
        if (query == null || !query.isAnsweredBy(response)) {
            return;
        }
        if (response.isTruncated()) {
            truncated.accept(query);
            forget(response.id());
        } else {
            query.answered(response);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof DecoderException)) { // anyone who forges the sender can cause those
            fail(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new ClosedChannelException());
    }

    private void fail(Throwable cause) {
        failed = failed == null ? cause : failed;
        closeLater();
        for (DnsQuery query : List.copyOf(underWay.values())) {
            query.end(DnsAnswer.unreachable(server, cause));
        }
    }
}
