package io.openuptimes.cli;

import io.openuptimes.check.net.tls.BlindTrust;
import io.openuptimes.runtime.HostPort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Checks whether the service on this machine is healthy. Does not verify the certificate, because the request stays on
 * this machine and carries no secret. Blocks.
 */
public final class HealthProbe {

    private static final Set<String> ALL_INTERFACES = Set.of("", "0.0.0.0", "::", "[::]");

    private final Duration timeout;

    /**
     * @param timeout applies to the connection and again to the response
     */
    public HealthProbe(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * The address and path of the health endpoint.
     *
     * @param host the value of {@code http.host}
     * @param basePath the value of {@code http.basePath}
     */
    public static String address(String host, String port, String basePath) {
        return HostPort.of(ALL_INTERFACES.contains(host) ? "127.0.0.1" : host, port) + basePath + "/healthz";
    }

    /**
     * Returns the problem, or empty if the service is healthy.
     *
     * @param url {@code http://} or {@code https://} and an {@link #address}
     */
    public Optional<String> problem(String url) {
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
