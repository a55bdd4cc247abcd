package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How servers of Redis's and sentinels speak TLS, to clients and to each other, and nothing else.
 *
 * @param certificate of all of them, for the loopback, PEM
 * @param key of it, PEM
 * @param authority who signed it, PEM
 */
public record RedisTls(Path certificate, Path key, Path authority) {

    /** Makes the certificates. */
    public static RedisTls in(Path dir) throws IOException {
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")))
                .signed("redis", "dns:localhost,ip:127.0.0.1");
        return new RedisTls(certificates.pem("redis"), certificates.key("redis"), certificates.pem("ca"));
    }

    /** Lines of a server's configuration. */
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

    /** For a {@code redis-cli}. */
    List<String> clientOptions() {
        return List.of("--tls", "--cacert", authority.toString());
    }
}
