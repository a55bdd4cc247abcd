package io.openuptimes.check.net.lookup;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Creates addresses without name lookups. */
public final class InetAddresses {

    private InetAddresses() {}

    /** Parses the host of a URL as an IP address, ignoring its zone; null if it is a name. */
    public static @Nullable InetAddress ofLiteral(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        return bytes == null ? null : of(bytes);
    }

    /**
     * Parses an IP address that may have a zone, unlike the host of a URL; null if it is no address or the zone does
     * not exist.
     */
    static @Nullable InetAddress ofScopedLiteral(String text) {
        if (!NetUtil.isValidIpV4Address(text) && !NetUtil.isValidIpV6Address(text)) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * @param bytes 4 or 16
     */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
