package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An external Redis on a fixed port that can be stopped and restarted. */
public final class RestartableRedis implements AutoCloseable {

    private static final String PASSWORD = "secret";
    private static final String DATABASE = "3";

    private final OldRedis server;
    private final Path dir;
    private final int port;
    private long paused;

    /**
     * Creates one without starting it.
     *
     * @param dir directory of its append-only file
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

    /** Its URL through another port, such as a proxy's. */
    public String url(int port) {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port + "/" + DATABASE;
    }

    public int port() {
        return port;
    }

    /** A new connection. */
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

    /** Moves its data away while it is stopped. */
    public void moveFilesTo(Path other) throws IOException {
        move(dir, other);
    }

    /** Replaces its data with the files moved away, while it is stopped. */
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

    /** Suspends its process: connections stay open, but nothing is answered. */
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

    /** Resumes it if suspended. */
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
