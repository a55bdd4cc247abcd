package io.openuptimes;

import io.openuptimes.cli.HealthProbe;
import io.openuptimes.config.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The command {@code healthcheck} without settings file and command line, which takes a fraction of the memory and the
 * time: for the health check of a container.
 *
 * <p>It speaks TLS if {@code OPENUPTIMES_HTTP_TLS_CERT} is set; if not, it tries that after plain HTTP failed, since the
 * settings file may name a certificate too.
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
     * @param environment where {@code OPENUPTIMES_HTTP_HOST}, {@code _PORT} and {@code _TLS_CERT} are, as for the service
     * @param timeout of the connection, and again of the answer
     * @return what is wrong, if anything is
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
