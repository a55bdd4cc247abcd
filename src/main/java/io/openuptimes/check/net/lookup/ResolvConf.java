package io.openuptimes.check.net.lookup;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of {@code resolv.conf}, within glibc's limits.
 *
 * @param nameServers in query order
 * @param search domains appended to names
 * @param ndots names with at least this many dots are queried as they are before the search list
 * @param timeoutMillis for an answer from one server
 * @param attempts rounds through all servers
 */
record ResolvConf(
        List<InetSocketAddress> nameServers, List<String> search, int ndots, long timeoutMillis, int attempts) {

    private static final int MAX_SERVERS = 3;
    private static final int MAX_NDOTS = 15;
    private static final int MAX_TIMEOUT_S = 30;
    private static final int MAX_ATTEMPTS = 5;
    /** glibc's limit was 6 before 2.26, which removed it. */
    private static final int MAX_SEARCH = 32;

    ResolvConf {
        nameServers = List.copyOf(nameServers);
        search = List.copyOf(search);
    }

    /**
     * Ignores invalid lines.
     *
     * @param port of all servers
     */
    static ResolvConf parse(String text, int port) {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int ndots = 1;
        int timeout = 5;
        int attempts = 2;
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> addServer(servers, values, port);
                case "domain" -> search = values.stream().limit(1).toList();
                case "search" -> search = values.stream().limit(MAX_SEARCH).toList();
                case "options" -> {
                    ndots = option(values, "ndots:", ndots, 0, MAX_NDOTS);
                    timeout = option(values, "timeout:", timeout, 1, MAX_TIMEOUT_S);
                    attempts = option(values, "attempts:", attempts, 1, MAX_ATTEMPTS);
                }
                default -> {} // a comment, or nothing that matters here
            }
        }
        return new ResolvConf(servers, search, ndots, timeout * 1_000L, attempts);
    }

    ResolvConf withServers(List<InetSocketAddress> others) {
        return new ResolvConf(others, search, ndots, timeoutMillis, attempts);
    }

    private static void addServer(List<InetSocketAddress> servers, List<String> values, int port) {
        InetAddress address = values.isEmpty() ? null : InetAddresses.ofScopedLiteral(values.get(0));
        if (address != null && servers.size() < MAX_SERVERS) {
            servers.add(new InetSocketAddress(address, port));
        }
    }

    private static int option(List<String> options, String name, int otherwise, int min, int max) {
        int value = otherwise;
        for (String option : options) {
            if (option.matches(name + "[0-9]{1,9}")) {
                value = Math.max(min, Math.min(max, Integer.parseInt(option.substring(name.length()))));
            }
        }
        return value;
    }
}
