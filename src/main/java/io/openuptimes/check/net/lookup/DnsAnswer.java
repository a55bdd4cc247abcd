package io.openuptimes.check.net.lookup;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name's addresses of one family.
 *
 * @param ttl seconds for which they may be cached
 * @param failure why there are no addresses; null if there are some
 */
record DnsAnswer(
        List<InetAddress> addresses, long ttl, @Nullable Throwable failure) {

    DnsAnswer {
        addresses = List.copyOf(addresses);
    }

    static DnsAnswer failed(Reason reason) {
        return failed(new LookupException(reason, null));
    }

    /** Omits the cause if there is no network to the server, because that error reads like port exhaustion. */
    static DnsAnswer unreachable(InetSocketAddress server, Throwable cause) {
        boolean noNetwork = NoNetworkException.isMeantBy(server.getAddress(), cause, false);
        return failed(new LookupException(Reason.SERVER_UNREACHABLE, noNetwork ? null : cause));
    }

    static DnsAnswer failed(Throwable cause) {
        return new DnsAnswer(List.of(), 0, cause);
    }

    /** Returns whether the name server failed, so that another one may answer. */
    boolean isOfServer() {
        return failure instanceof LookupException lookup && lookup.reason().ofResolver();
    }

    /** Returns whether the name server responded, be it with an error. */
    boolean isResponse() {
        return failure == null
                || (failure instanceof LookupException lookup
                        && !lookup.reason().isUnanswered());
    }

    /**
     * Parses a recursive server's response. The server has followed aliases, and their records count for the TTL.
     *
     * @param type A or AAAA
     */
    static DnsAnswer of(DnsResponse response, DnsRecordType type) {
        DnsResponseCode code = response.code();
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            return failed(Reason.NO_SUCH_NAME);
        }
        if (!code.equals(DnsResponseCode.NOERROR)) {
            return failed(code.equals(DnsResponseCode.REFUSED) ? Reason.SERVER_REFUSED : Reason.SERVER_FAILED);
        }
        List<InetAddress> addresses = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
            InetAddress address = record.type().equals(type) ? address(record, type) : null;
            if (address != null) {
                addresses.add(address);
            }
            ttl = Math.min(ttl, record.timeToLive());
        }
        return addresses.isEmpty() ? failed(Reason.NO_ADDRESS) : new DnsAnswer(addresses, ttl, null);
    }

    private static @Nullable InetAddress address(DnsRecord record, DnsRecordType type) {
        int length = type.equals(DnsRecordType.A) ? 4 : 16;
        if (!(record instanceof DnsRawRecord raw) || raw.content().readableBytes() != length) {
            return null;
        }
        return InetAddresses.of(ByteBufUtil.getBytes(raw.content()));
    }
}
