package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Redis that is not ours, on a port that stays the same while it goes and comes back. */
public final class RestartableRedis implements AutoCloseable {

    private static final String PASSWORD = "secret";
    private static final String DATABASE = "3";

    private final OldRedis server;
    private final Path dir;
    private final int port;
    private long paused;

    /**
     * Makes one that is not running yet.
     *
     * @param dir where its append-only file is
     */
    public RestartableRedis(Path dir) throws IOException {
        this.dir = dir;
        port = FreePorts.one();
        server = new OldRedis(
                List.of("port " + port, "bind 127.0.0.1", "requirepass " + PASSWORD, "appendonly yes", "dir " + dir));
    }

    public String url() {
        return url(port);
    }

    /** The same by way of another port, behind which it is. */
    public String url(int port) {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    public int port() {
        return port;
    }

    /** A connection of one's own. */
    public RedisCalls connect() throws IOException {
        RedisCalls calls = RedisCalls.to(port);
        calls.call("AUTH", PASSWORD);
        calls.call("SELECT", DATABASE);
        return calls;
    }

    public void start() throws IOException {
        server.start();
    }

    public void stop() throws IOException {
        server.stop();
    }

    /** Takes away what it holds, while it does not run. */
    public void moveFilesTo(Path other) throws IOException {
        move(dir, other);
    }

    /** Brings back what was taken away, in place of what it holds, while it does not run. */
    public void takeFilesFrom(Path other) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        move(other, dir);
    }

    private static void move(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.move(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Stops its process without ending it: connections stay, and nothing is answered. */
    public void pause() throws IOException {
        try (RedisCalls calls = connect()) {
            String info = (String) calls.call("INFO", "server");
            paused = info.lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .mapToLong(line -> Long.parseLong(line.substring(11).strip()))
                    .findFirst()
                    .orElseThrow();
        }
        signal("STOP", paused);
    }

    /** Lets it go on, where it is paused. */
    public void goOn() throws IOException {
        if (paused != 0) {
            signal("CONT", paused);
            paused = 0;
        }
    }

    private static void signal(String name, long pid) throws IOException {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("kill ended with " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        goOn();
        server.stop();
    }
}
