package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.check.net.tls.BlindTrust;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Waits for a service to become ready; on a busy machine it may listen before it has loaded its data. */
public final class Readiness {

    /** Connections are distributed round-robin over the event loops, each of which has its own board. */
    private static final int CONNECTIONS = 8;

    private static final int TIMEOUT_MS = 30_000;

    private Readiness() {}

    /** @param port of the service on 127.0.0.1 */
    public static void await(int port) {
        await("http", "127.0.0.1", port);
    }

    /**
     * @param scheme {@code https} accepts any certificate
     * @param host in URL syntax
     */
    public static void await(String scheme, String host, int port) {
        try {
            Eventually.eventually(() -> {
                for (int i = 0; i < CONNECTIONS; i++) {
                    assertThat(status(scheme, host, port))
                            .as("status of /readyz")
                            .isEqualTo(200);
                }
            });
        } catch (Exception e) {
            throw new AssertionError("the service does not get ready", e);
        }
    }

    /** Uses a new connection. */
    private static int status(String scheme, String host, int port) throws IOException, GeneralSecurityException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(scheme + "://" + host + ":" + port + "/readyz")
                .toURL()
                .openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            SSLContext trustingAll = SSLContext.getInstance("TLS");
            trustingAll.init(null, new TrustManager[] {new BlindTrust((engine, chain) -> {})}, null);
            secure.setSSLSocketFactory(trustingAll.getSocketFactory());
            secure.setHostnameVerifier((name, session) -> true);
        }
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
