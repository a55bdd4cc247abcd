package io.openuptimes;

import io.openuptimes.check.tls.BlindTrust;
import io.openuptimes.config.Environment;
import io.openuptimes.runtime.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Asks the service on this machine whether it is alive, and ends with 0 or 1: for containers without a curl.
 *
 * <p>It speaks TLS if {@code OPENUPTIMES_HTTP_TLS_CERT} is set; if not, it tries that
 * after plain HTTP failed, since the settings file may name a certificate too. It does not verify the certificate: the
 * request stays on this machine and carries no secret.
 */
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
     * @param environment where {@code OPENUPTIMES_HTTP_HOST}, {@code _PORT} and {@code _TLS_CERT} are, as for the service
     * @param timeout of the connection, and again of the answer
     * @return what is wrong, if anything is
     */
    static Optional<String> problem(Map<String, String> environment, Duration timeout) {
        Environment variables = new Environment(environment);
        String host = Objects.requireNonNullElse(variables.given("OPENUPTIMES_HTTP_HOST"), "");
        String port = Objects.requireNonNullElse(variables.given("OPENUPTIMES_HTTP_PORT"), "8080");
        String address = HostPort.of(ALL_INTERFACES.contains(host) ? "127.0.0.1" : host, port.strip()) + "/healthz";
        if (variables.given("OPENUPTIMES_HTTP_TLS_CERT") != null) {
            return ask("https://" + address, timeout);
        }
        Optional<String> plain = ask("http://" + address, timeout);
        return plain.isEmpty() || ask("https://" + address, timeout).isEmpty() ? Optional.empty() : plain;
    }

    private static Optional<String> ask(String url, Duration timeout) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(trustingAll());
                secure.setHostnameVerifier((name, session) -> true);
            }
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            int status = connection.getResponseCode();
            return status == 200 ? Optional.empty() : Optional.of(url + " answers " + status);
        } catch (IOException | RuntimeException | GeneralSecurityException e) {
            return Optional.of(url + ": " + e);
        }
    }

    private static SSLSocketFactory trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new BlindTrust((engine, chain) -> {})}, null);
        return context.getSocketFactory();
    }
}
