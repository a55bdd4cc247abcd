package io.openuptimes.runtime;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An IP address by its bytes: 4, or 16. An IPv4 address within IPv6 is the IPv4 address. Names are never looked up. */
public final class IpAddress {

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final byte[] V4_IN_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The zone of a scoped address is dropped. */
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

    /** Null if it is none. */
    public static @Nullable IpAddress parse(String text) {
        boolean plausible = NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
        byte[] bytes = plausible ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return bytes == null ? null : of(bytes);
    }

    /** As proxies write it: with brackets, and with a port, which does not matter. Null if it is none. */
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

    /** The IPv4 address that a transition mechanism would deliver packets for this IPv6 address to; null for none. */
    public @Nullable IpAddress embeddedIpv4() {
        byte[] found = bytes.length == V6 ? EmbeddedIpv4.in(this, bytes) : null;
        return found == null ? null : new IpAddress(found);
    }

    public int bits() {
        return bytes.length * 8;
    }

    /** Whether the first so many bits are the same, in the same family. */
    public boolean startsLike(IpAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
                && (rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xFF) >>> (8 - rest) == 0);
    }

    /** What one customer holds: an IPv4 address, or an IPv6 network of 64 bits. */
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
