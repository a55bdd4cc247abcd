package io.openuptimes.check.net.lookup;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Loads the classes that parse DNS responses. */
final class WarmUp {

    /** A response that resolves the root to 0.0.0.0. */
    private static final byte[] ANSWER = {
        0,
        0,
        (byte) 0x81,
        (byte) 0x80,
        0,
        1,
        0,
        1,
        0,
        0,
        0,
        0, // header
        0,
        0,
        1,
        0,
        1, // question
        0,
        0,
        1,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        4,
        0,
        0,
        0,
        0
    };

    private WarmUp() {}

    static void decode() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        EmbeddedChannel channel = new EmbeddedChannel(new DatagramDnsResponseDecoder());
        channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(ANSWER), nobody, nobody));
        DnsResponse response = channel.readInbound();
        if (DnsAnswer.of(response, DnsRecordType.A).failure() != null) {
            throw new IllegalStateException("an answer cannot be read");
        }
        ReferenceCountUtil.release(response);
        channel.finishAndReleaseAll();
    }
}
