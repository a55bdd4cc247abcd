package io.openuptimes.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a server's IP address with an optional port: {@code ip}, {@code ip:port} or {@code [ipv6]:port}. */
final class ServerAddress {

    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)\\](?::([0-9]{1,5}))?");
    private static final Pattern V4 = Pattern.compile("([0-9.]+)(?::([0-9]{1,5}))?");
    private static final int MAX_PORT = 65_535;

    private ServerAddress() {}

    /**
     * @param otherwise default port
     * @return null if the text is not such an address
     */
    static @Nullable InetSocketAddress parse(String text, int otherwise) {
        if (NetUtil.isValidIpV6Address(text) && !text.startsWith("[")) {
            return address(text, otherwise);
        }
        Matcher brackets = BRACKETS.matcher(text);
        if (brackets.matches()) {
            return NetUtil.isValidIpV6Address(brackets.group(1))
                    ? address(brackets.group(1), port(brackets.group(2), otherwise))
                    : null;
        }
        Matcher v4 = V4.matcher(text);
        return v4.matches() && NetUtil.isValidIpV4Address(v4.group(1))
                ? address(v4.group(1), port(v4.group(2), otherwise))
                : null;
    }

    private static int port(@Nullable String given, int otherwise) {
        return given == null ? otherwise : Integer.parseInt(given);
    }

    private static @Nullable InetSocketAddress address(String literal, int port) {
        if (port < 1 || port > MAX_PORT) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(literal), port);
        } catch (UnknownHostException e) {
            return null; // the zone does not exist on this machine
        }
    }
}
