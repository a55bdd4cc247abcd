package io.openuptimes.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A CIDR block.
 *
 * @param bits prefix length
 */
public record IpBlock(IpAddress address, int bits) {

    /** Parses an address with an optional prefix length; returns null if it is invalid. */
    public static @Nullable IpBlock parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        if (slash < 0) {
            return new IpBlock(address, address.bits());
        }
        String length = text.substring(slash + 1);
        int bits = length.matches("[0-9]{1,3}") ? Integer.parseInt(length) : Integer.MAX_VALUE;
        return bits <= address.bits() ? new IpBlock(address, bits) : null;
    }

    public boolean contains(IpAddress other) {
        return other.startsLike(address, bits);
    }
}
