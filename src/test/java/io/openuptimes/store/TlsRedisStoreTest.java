package io.openuptimes.store;

import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.OldRedis;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over {@code rediss://}, with a private CA, a user, a password and a database number. */
class TlsRedisStoreTest extends StoreContract {

    @TempDir
    private static Path dir;

    private static OldRedis server;
    private static String caFile;
    private static int tlsPort;
    private static int database;

    @BeforeAll
    static void start() throws IOException {
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")))
                .signed("redis", "dns:localhost,ip:127.0.0.1");
        caFile = certificates.pem("ca").toString();
        tlsPort = FreePorts.one();
        server = new OldRedis(List.of(
                "port 0",
                "bind 127.0.0.1",
                "tls-port " + tlsPort,
                "tls-cert-file " + certificates.pem("redis"),
                "tls-key-file " + certificates.key("redis"),
                "tls-ca-cert-file " + caFile,
                "tls-auth-clients no",
                "databases 100",
                "user monitor on >secret allkeys allcommands",
                "user default off",
                "save \"\"",
                "dir " + dir));
        server.start();
        database = 0;
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.stop();
        }
    }

    @Override
    RedisOptions emptyServers() {
        return RedisClients.options("rediss://monitor:secret@localhost:" + tlsPort + "/" + database++, caFile);
    }
}
