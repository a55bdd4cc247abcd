package io.openuptimes.store;

import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The contract over {@code rediss://}, with an authority of our own, a user, a password and a database number. */
class TlsRedisStoreTest extends StoreContract {

    @TempDir
    private static Path dir;

    private static RedisServer server;
    private static String caFile;
    private static int tlsPort;
    private static int database;

    @BeforeAll
    static void start() throws IOException {
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")))
                .signed("redis", "dns:localhost,ip:127.0.0.1");
        caFile = certificates.pem("ca").toString();
        tlsPort = FreePorts.one();
        server = RedisServer.newRedisServer()
                .port(FreePorts.one())
                .bind("127.0.0.1")
                .setting("tls-port " + tlsPort)
                .setting("tls-cert-file " + certificates.pem("redis"))
                .setting("tls-key-file " + certificates.key("redis"))
                .setting("tls-ca-cert-file " + caFile)
                .setting("tls-auth-clients no")
                .setting("databases 100")
                .setting("user monitor on >secret allkeys allcommands")
                .setting("user default off")
                .setting("save \"\"")
                .setting("dir " + dir)
                .build();
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
