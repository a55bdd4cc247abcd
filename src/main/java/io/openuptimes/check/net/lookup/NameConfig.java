package io.openuptimes.check.net.lookup;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the name resolution settings. Each change creates a new object.
 *
 * @param hosts the hosts file, names in lower case
 * @param resolv how to query other names
 */
record NameConfig(Map<String, List<InetAddress>> hosts, ResolvConf resolv) {

    private static final String LOCALHOST = "localhost";
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddresses.of(loopback6()), InetAddresses.of(new byte[] {127, 0, 0, 1}));

    /**
     * Returns the addresses known without a query: those in the hosts file. For localhost and its subdomains, returns
     * the loopback addresses (RFC 6761, section 6.3), including one that the hosts file omits, as curl does.
     *
     * @return null if name servers must be queried
     */
    @Nullable
    List<InetAddress> known(String name) {
        String bare = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        List<InetAddress> listed = hosts.get(bare);
        if (!bare.endsWith(LOCALHOST) || !(bare.equals(LOCALHOST) || bare.endsWith("." + LOCALHOST))) {
            return listed;
        }
        return listed == null ? LOOPBACK : withLoopback(listed);
    }

    private static List<InetAddress> withLoopback(List<InetAddress> listed) {
        List<InetAddress> all = new ArrayList<>(listed);
        for (InetAddress loopback : LOOPBACK) {
            if (listed.stream().noneMatch(address -> address.getClass() == loopback.getClass())) {
                all.add(loopback);
            }
        }
        return List.copyOf(all);
    }

    /** Combines each name's addresses of both families. */
    static Map<String, List<InetAddress>> merge(
            Map<String, List<InetAddress>> one, Map<String, List<InetAddress>> other) {
        Map<String, List<InetAddress>> merged = new LinkedHashMap<>(one);
        other.forEach((name, addresses) -> merged.merge(name, addresses, (a, b) -> {
            List<InetAddress> both = new ArrayList<>(a);
            both.addAll(b);
            return List.copyOf(both);
        }));
        return Map.copyOf(merged);
    }

    private static byte[] loopback6() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return bytes;
    }
}
