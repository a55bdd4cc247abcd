package io.openuptimes.model;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL in the form used for lookups: percent-decoded, ASCII, lower case. A name that is an IPv4 address in any
 * notation becomes that address, so that the egress policy judges the address that is connected to.
 */
final class HostName {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    private HostName() {}

    /**
     * @param given not an IPv6 address
     * @throws IllegalArgumentException with a message that describes the problem
     */
    static String of(String given) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("has no host");
        }
        String decoded = given.indexOf('%') < 0 ? given : decode(given);
        String name = isAscii(decoded) ? decoded.toLowerCase(Locale.ROOT) : InternationalName.toAscii(decoded);
        String address = IpNotation.ipv4(name);
        if (address != null) {
            return address;
        }
        String problem = IpNotation.isDottedDigits(name) ? "has an invalid IPv4 address" : problem(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return name;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Like browsers and curl; the result must pass the same rules. */
    private static String decode(String host) {
        byte[] bytes = host.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])) {
                int high = HexFormat.fromHexDigit(bytes[i + 1]);
                decoded.put((byte) (high * 16 + HexFormat.fromHexDigit(bytes[i + 2])));
                i += 2;
            } else {
                decoded.put(bytes[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has a percent-encoded host name that is not UTF-8", e);
        }
    }

    private static boolean isHex(byte b) {
        return HexFormat.isHexDigit(b);
    }

    /** Why DNS cannot contain the name; null if it can. Underscores are allowed, because they are in use. */
    private static @Nullable String problem(String name) {
        int end = name.endsWith(".") ? name.length() - 1 : name.length();
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || name.charAt(i) == '.') {
                String problem = problemOfLabel(name, start, i);
                if (problem != null) {
                    return problem;
                }
                start = i + 1;
            } else if (!isAllowed(name.charAt(i))) {
                return problemOfCharacter(name.charAt(i));
            }
        }
        return end > MAX_NAME ? "has a host name of more than " + MAX_NAME + " characters" : null;
    }

    private static @Nullable String problemOfLabel(String name, int start, int end) {
        if (start == end) {
            return "has a host name with an extra dot";
        }
        if (end - start > MAX_LABEL) {
            return "has a host name with a part of more than " + MAX_LABEL + " characters";
        }
        return name.charAt(start) == '-' || name.charAt(end - 1) == '-'
                ? "has a host name with a hyphen at the start or end of a part"
                : null;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static String problemOfCharacter(char c) {
        if (Character.isWhitespace(c)) {
            return "has a space in its host name";
        }
        String shown = c > ' ' && c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "U+%04X", (int) c);
        return "has an invalid character in its host name: " + shown;
    }
}
