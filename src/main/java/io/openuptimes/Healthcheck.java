package io.openuptimes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the service on this machine whether it is alive, and ends with 0 or 1: for containers without a curl. */
public final class Healthcheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final Set<String> ALL_INTERFACES = Set.of("", "0.0.0.0", "::", "[::]");

    private Healthcheck() {}

    public static void main(String[] args) {
        Optional<String> problem = problem(System.getenv(), TIMEOUT);
        problem.ifPresent(System.err::println);
        System.exit(problem.isEmpty() ? 0 : 1);
    }

    /**
     * Blocks.
     *
     * @param environment where {@code OPENUPTIMES_HTTP_HOST} and {@code OPENUPTIMES_HTTP_PORT} are, as for the service
     * @param timeout of the connection, and again of the answer
     * @return what is wrong, if anything is
     */
    static Optional<String> problem(Map<String, String> environment, Duration timeout) {
        String host = environment.getOrDefault("OPENUPTIMES_HTTP_HOST", "");
        String port = environment.getOrDefault("OPENUPTIMES_HTTP_PORT", "");
        String url = "http://" + (ALL_INTERFACES.contains(host) ? "127.0.0.1" : inUrl(host)) + ":"
                + (port.isEmpty() ? "8080" : port) + "/healthz";
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            int status = connection.getResponseCode();
            return status == 200 ? Optional.empty() : Optional.of(url + " answers " + status);
        } catch (IOException | RuntimeException e) {
            return Optional.of(url + ": " + e);
        }
    }

    private static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
