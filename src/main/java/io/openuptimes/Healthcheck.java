package io.openuptimes;

import io.openuptimes.cli.HealthProbe;
import io.openuptimes.config.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The {@code healthcheck} command for container health checks. It loads neither the settings file nor the command line,
 * and so needs a fraction of the memory and time.
 *
 * <p>Uses TLS if {@code OPENUPTIMES_HTTP_TLS_CERT} is set. Otherwise tries plain HTTP first and TLS after a failure,
 * because the settings file may also set a certificate.
 */
public final class Healthcheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private Healthcheck() {}

    public static void main(String[] args) {
        Optional<String> problem = problem(System.getenv(), TIMEOUT);
        problem.ifPresent(System.err::println);
        System.exit(problem.isEmpty() ? 0 : 1);
    }

    /**
     * Blocks.
     *
     * @param environment may set {@code OPENUPTIMES_HTTP_HOST}, {@code _PORT} and {@code _TLS_CERT}, as for the service
     * @param timeout applies to the connection and again to the response
     * @return the problem, or empty if the service is healthy
     */
    static Optional<String> problem(Map<String, String> environment, Duration timeout) {
        Environment variables = new Environment(environment);
        String host = Objects.requireNonNullElse(variables.given("OPENUPTIMES_HTTP_HOST"), "");
        String port = Objects.requireNonNullElse(variables.given("OPENUPTIMES_HTTP_PORT"), "8080");
        String address = HealthProbe.address(host, port.strip(), "");
        HealthProbe probe = new HealthProbe(timeout);
        if (variables.given("OPENUPTIMES_HTTP_TLS_CERT") != null) {
            return probe.problem("https://" + address);
        }
        Optional<String> plain = probe.problem("http://" + address);
        return plain.isEmpty() || probe.problem("https://" + address).isEmpty() ? Optional.empty() : plain;
    }
}
