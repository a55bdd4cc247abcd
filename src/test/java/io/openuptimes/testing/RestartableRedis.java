package io.openuptimes.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** A Redis that is not ours, on a port that stays the same while it goes and comes back. */
public final class RestartableRedis implements AutoCloseable {

    private final RedisServer server;
    private final int port;

    /**
     * Makes one that is not running yet.
     *
     * @param dir where its append-only file is
     */
    public RestartableRedis(Path dir) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass secret")
                .setting("appendonly yes")
                .setting("dir " + dir)
                .build();
    }

    public String url() {
        return "redis://:secret@127.0.0.1:" + port + "/3";
    }

    public void start() throws IOException {
        server.start();
    }

    public void stop() throws IOException {
        server.stop();
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
