package io.openuptimes.check.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How names are looked up, as of one moment. A change makes another object.
 *
 * @param hosts the hosts file, names in lower case
 * @param resolv whom to ask for other names
 */
record NameConfig(Map<String, List<InetAddress>> hosts, ResolvConf resolv) {

    private static final String LOCALHOST = "localhost";
    private static final List<InetAddress> LOOPBACK =
            List.of(InetAddresses.of(loopback6()), InetAddresses.of(new byte[] {127, 0, 0, 1}));

    /**
     * Addresses that are known without asking: those of the hosts file; for localhost and the names below it the loopback
     * addresses (RFC 6761, section 6.3), also the one that the hosts file leaves out, as curl does.
     *
     * @return null if name servers are to be asked
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

    /** Names with the addresses of both families. */
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
