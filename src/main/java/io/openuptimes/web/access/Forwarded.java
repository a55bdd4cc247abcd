package io.openuptimes.web.access;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code Forwarded} (RFC 7239), which has no prefix parameter.
 *
 * <p>Parsed from the end, where the nearest proxy appends: nothing that a client sent earlier, such as an unclosed
 * quote, can affect what the proxies added. A malformed element ends the list.
 */
final class Forwarded implements ProxyHeaders {

    private static final String NAME = "Forwarded";
    private static final int UNCLOSED = -2;

    @Override
    public List<ProxyHop> hops(MultiMap headers) {
        List<ProxyHop> hops = new ArrayList<>();
        List<String> lines = headers.getAll(NAME);
        for (int line = lines.size() - 1; line >= 0; line--) {
            if (!addAll(lines.get(line), hops)) {
                break;
            }
        }
        return hops;
    }

    @Override
    public String prefix(MultiMap headers) {
        return "";
    }

    /** Whether all elements of the line are well-formed. */
    private static boolean addAll(String line, List<ProxyHop> hops) {
        int end = line.length();
        while (end >= 0) {
            int comma = commaBefore(line, end);
            ProxyHop hop = comma == UNCLOSED ? null : ForwardedElement.parse(line.substring(comma + 1, end));
            if (hop == null) {
                return false;
            }
            hops.add(hop);
            end = comma;
        }
        return true;
    }

    /** The position of the comma before the last element that ends there; -1 if it is the first element. */
    private static int commaBefore(String line, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = line.charAt(i);
            if (c == '"' && !(quoted && isEscaped(line, i))) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return quoted ? UNCLOSED : -1;
    }

    private static boolean isEscaped(String line, int at) {
        int before = at;
        while (before > 0 && line.charAt(before - 1) == '\\') {
            before--;
        }
        return (at - before) % 2 == 1;
    }
}
