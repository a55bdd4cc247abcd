package io.openuptimes.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Extracts IPv4 addresses embedded in IPv6 ones: IPv4-compatible and IPv4-translated (RFC 4291, 2765), 6to4 (RFC 3056),
 * Teredo (RFC 4380), and NAT64 with the well-known and the local prefix (RFC 6052, 8215). IPv4-mapped addresses are
 * handled by {@link IpAddress}, which treats them as IPv4.
 */
final class EmbeddedIpv4 {

    private static final IpBlock NATIVE = block("::/127"); // unspecified and loopback
    private static final IpBlock COMPATIBLE = block("::/96");
    private static final IpBlock TRANSLATED = block("::ffff:0:0:0/96");
    private static final IpBlock SIX_TO_FOUR = block("2002::/16");
    private static final IpBlock TEREDO = block("2001::/32");
    private static final IpBlock NAT64 = block("64:ff9b::/96");
    private static final IpBlock LOCAL_NAT64 = block("64:ff9b:1::/48");

    private EmbeddedIpv4() {}

    private static IpBlock block(String text) {
        return Objects.requireNonNull(IpBlock.parse(text));
    }

    /**
     * @param bytes the address, 16 bytes
     * @return 4 bytes, or null
     */
    static byte @Nullable [] in(IpAddress address, byte[] bytes) {
        if (SIX_TO_FOUR.contains(address)) {
            return octets(bytes, 2, 3, 4, 5);
        }
        if (TEREDO.contains(address)) {
            byte[] inverted = octets(bytes, 12, 13, 14, 15);
            for (int i = 0; i < inverted.length; i++) {
                inverted[i] = (byte) ~inverted[i];
            }
            return inverted;
        }
        if (LOCAL_NAT64.contains(address)) {
            return localNat64(bytes);
        }
        boolean last = NAT64.contains(address)
                || TRANSLATED.contains(address)
                || (COMPATIBLE.contains(address) && !NATIVE.contains(address));
        return last ? octets(bytes, 12, 13, 14, 15) : null;
    }

    /** The network chooses the prefix length, which the zeros after the IPv4 address reveal (RFC 6052, section 2.2). */
    private static byte[] localNat64(byte[] bytes) {
        int zeros = 0;
        while (bytes[15 - zeros] == 0) {
            zeros++;
        }
        return switch (zeros) {
            case 0, 1, 2 -> octets(bytes, 12, 13, 14, 15);
            case 3 -> octets(bytes, 9, 10, 11, 12);
            case 4 -> octets(bytes, 7, 9, 10, 11);
            default -> octets(bytes, 6, 7, 9, 10);
        };
    }

    private static byte[] octets(byte[] bytes, int a, int b, int c, int d) {
        return new byte[] {bytes[a], bytes[b], bytes[c], bytes[d]};
    }
}
