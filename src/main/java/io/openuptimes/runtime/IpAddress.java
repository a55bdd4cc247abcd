package io.openuptimes.runtime;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An IP address of 4 or 16 bytes. IPv4-mapped IPv6 addresses become IPv4 addresses. Never looks up names. */
public final class IpAddress {

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final byte[] V4_IN_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Drops the zone of a scoped address. */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * @param bytes 4 or 16, not copied
     */
    static IpAddress of(byte[] bytes) {
        boolean mapped = bytes.length == V6 && Arrays.equals(bytes, 0, V4_IN_V6.length, V4_IN_V6, 0, V4_IN_V6.length);
        return new IpAddress(mapped ? Arrays.copyOfRange(bytes, V4_IN_V6.length, V6) : bytes);
    }

    /** Returns null if the text is not an IP address. */
    public static @Nullable IpAddress parse(String text) {
        boolean plausible = NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
        byte[] bytes = plausible ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return bytes == null ? null : of(bytes);
    }

    /**
     * Parses a proxy's notation: brackets and a port are accepted and ignored. Returns null if it is not an IP address.
     */
    public static @Nullable IpAddress parseWithPort(String text) {
        String host = text;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            host = end < 0 || !text.substring(end + 1).matches("(:[0-9]{1,5})?") ? "" : text.substring(1, end);
        } else if (text.matches("[0-9.]+:[0-9]{1,5}")) {
            host = text.substring(0, text.indexOf(':'));
        }
        return parse(host);
    }

    /** The IPv4 address to which a transition mechanism would deliver packets for this IPv6 address; null for none. */
    public @Nullable IpAddress embeddedIpv4() {
        byte[] found = bytes.length == V6 ? EmbeddedIpv4.in(this, bytes) : null;
        return found == null ? null : new IpAddress(found);
    }

    public int bits() {
        return bytes.length * 8;
    }

    /** Returns whether both addresses are of the same family and share this many leading bits. */
    public boolean startsLike(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
                && (rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xFF) >>> (8 - rest) == 0);
    }

    /** The range that one customer usually has: a single IPv4 address, or an IPv6 /64. */
    public String network() {
        return bytes.length == V4
                ? NetUtil.bytesToIpAddress(bytes)
                : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    }

    @Override
    public String toString() {
        return NetUtil.bytesToIpAddress(bytes);
    }
}
