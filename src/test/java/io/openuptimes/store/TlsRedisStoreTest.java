package io.openuptimes.store;

import io.openuptimes.testing.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        tlsPort = freePort();
        server = RedisServer.newRedisServer()
                .port(freePort())
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    String emptyRedis() {
        return "rediss://monitor:secret@localhost:" + tlsPort + "/" + database++;
    }

    @Override
    String caFile() {
        return caFile;
    }
}
