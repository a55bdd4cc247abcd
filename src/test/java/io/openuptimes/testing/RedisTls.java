package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * TLS for Redis servers and sentinels, for clients and among each other, with plain TCP disabled.
 *
 * @param certificate shared by all, for the loopback, PEM
 * @param key its private key, PEM
 * @param authority the CA certificate, PEM
 */
public record RedisTls(Path certificate, Path key, Path authority) {

    /** Creates the certificates. */
    public static RedisTls in(Path dir) throws IOException {
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")))
                .signed("redis", "dns:localhost,ip:127.0.0.1");
        return new RedisTls(certificates.pem("redis"), certificates.key("redis"), certificates.pem("ca"));
    }

    /** Configuration lines of a server. */
    List<String> settings(int port) {
        return List.of(
                "port 0",
                "tls-port " + port,
                "tls-replication yes",
                "tls-cert-file " + certificate,
                "tls-key-file " + key,
                "tls-ca-cert-file " + authority,
                "tls-auth-clients no");
    }

    /** Options for {@code redis-cli}. */
    List<String> clientOptions() {
        return List.of("--tls", "--cacert", authority.toString());
    }
}
