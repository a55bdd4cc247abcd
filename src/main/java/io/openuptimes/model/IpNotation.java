package io.openuptimes.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Normalizes IP addresses found in URLs. */
final class IpNotation {

    private static final int IPV6_GROUPS = 8;

    private IpNotation() {}

    /** Whether the text consists of digits and dots and starts with a digit. */
    static boolean isDottedDigits(String host) {
        if (host.startsWith(".")) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /**
     * One to four numbers in decimal, octal ({@code 017}) or hexadecimal ({@code 0xf}), the last of which fills the remaining
     * bytes, as in browsers and curl ({@code 127.1}, {@code 0x7f000001}).
     *
     * @param host in lower case
     * @return four decimal numbers; null for anything else
     */
    static @Nullable String ipv4(String host) {
        if (host.isEmpty() || host.charAt(0) < '0' || host.charAt(0) > '9') {
            return null;
        }
        String[] parts = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            int bits = i < parts.length - 1 ? 8 : 8 * (5 - parts.length);
            long number = number(parts[i]);
            if (number < 0 || number >= 1L << bits) {
                return null;
            }
            address = (address << bits) | number;
        }
        return (address >> 24) + "." + ((address >> 16) & 255) + "." + ((address >> 8) & 255) + "." + (address & 255);
    }

    /** Negative if the text is not a number or is far too large. */
    private static long number(String text) {
        boolean hex = text.startsWith("0x");
        boolean octal = !hex && text.length() > 1 && text.charAt(0) == '0';
        String digits = hex ? text.substring(2) : text;
        int radix = hex ? 16 : octal ? 8 : 10;
        if (digits.isEmpty()) {
            return hex ? 0 : -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0 || digits.charAt(i) >= 128 || number >= 1L << 32) {
                return -1;
            }
            number = number * radix + digit;
        }
        return number;
    }

    /**
     * @param address without brackets and zone
     * @return the form of RFC 5952; null if it is not an IPv6 address
     */
    static @Nullable String ipv6(String address) {
        if (address.indexOf(':') < 0 || !address.chars().allMatch(IpNotation::isInIpv6)) {
            return null;
        }
        try {
            // text with a colon is only parsed as an address, never looked up
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 4 ? "::ffff:" + dotted(bytes) : compressed(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isInIpv6(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    }

    private static String dotted(byte[] ipv4) {
        return (ipv4[0] & 255) + "." + (ipv4[1] & 255) + "." + (ipv4[2] & 255) + "." + (ipv4[3] & 255);
    }

    /** Replaces the first of the longest runs of at least two zero groups by two colons. */
    private static String compressed(byte[] bytes) {
        int from = 0;
        int longest = 1;
        for (int i = 0; i < IPV6_GROUPS; i++) {
            int run = 0;
            while (i + run < IPV6_GROUPS && group(bytes, i + run) == 0) {
                run++;
            }
            if (run > longest) {
                from = i;
                longest = run;
            }
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < IPV6_GROUPS; i++) {
            if (longest > 1 && i == from) {
                out.append("::");
                i += longest - 1;
            } else {
                boolean first = out.isEmpty() || out.charAt(out.length() - 1) == ':';
                out.append(first ? "" : ":").append(Integer.toHexString(group(bytes, i)));
            }
        }
        return out.toString();
    }

    private static int group(byte[] bytes, int i) {
        return ((bytes[2 * i] & 255) << 8) | (bytes[2 * i + 1] & 255);
    }
}
