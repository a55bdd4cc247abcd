package io.openuptimes.web.access;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * {@code X-Forwarded-For}, {@code -Proto} and {@code -Prefix}. These lists may differ in length, so the nearest proxy's
 * scheme applies to all hops.
 */
final class XForwarded implements ProxyHeaders {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PREFIX = "X-Forwarded-Prefix";

    @Override
    public List<ProxyHop> hops(MultiMap headers) {
        String scheme = nearest(headers, PROTO);
        List<String> clients = entries(headers.getAll(FOR));
        if (clients.isEmpty()) {
            return List.of(new ProxyHop("", scheme));
        }
        List<ProxyHop> hops = new ArrayList<>(clients.size());
        for (String client : clients) {
            hops.add(new ProxyHop(client, scheme));
        }
        Collections.reverse(hops);
        return hops;
    }

    @Override
    public String prefix(MultiMap headers) {
        return nearest(headers, PREFIX);
    }

    private static String nearest(MultiMap headers, String name) {
        List<String> entries = entries(headers.getAll(name));
        return entries.isEmpty() ? "" : entries.get(entries.size() - 1);
    }

    /** Several headers of one name form a single list. */
    private static List<String> entries(List<String> headers) {
        List<String> entries = new ArrayList<>();
        for (String header : headers) {
            for (String entry : header.split(",", -1)) {
                entries.add(entry.strip());
            }
        }
        return entries;
    }
}
