package io.openuptimes.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis server as a child process, for those who bring none of their own: on a free loopback port, with a random
 * password and an append-only file in the data directory.
 *
 * <p>It ends with this process, however that ends: the server's shell watches a pipe that closes with us. If it does
 * crash on its own, it is started again on the same port. All methods block.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);

    private static final int PORTS_TO_TRY = 5;
    private static final long START_TIMEOUT_MS = 10_000;
    private static final long STOP_TIMEOUT_S = 2;
    private static final long RESTART_DELAY_MS = 500;

    /** Becomes the server, after leaving somebody behind who ends it when standard input closes. */
    private static final String WATCHED =
            "exec 3<&0; (while read -r line <&3; do :; done; kill -TERM $$) & exec \"$@\" 3<&- </dev/null";

    private final Path dir;
    private final DataDirectory directory;
    private final Path executable;
    private final String password = randomPassword();
    private int port;
    private volatile boolean closing;
    private volatile @Nullable Process process;

    private EmbeddedRedis(Path dir, DataDirectory directory, Path executable) {
        this.dir = dir;
        this.directory = directory;
        this.executable = executable;
    }

    /**
     * Starts the server; it may still be loading its data when this returns.
     *
     * @param dataDir made if it is not there
     * @throws IOException if the directory cannot be used, or another process uses it, or the server does not start;
     *     the message is fit for a person to read
     */
    public static EmbeddedRedis start(Path dataDir) throws IOException {
        Path dir = dataDir.toAbsolutePath().normalize();
        DataDirectory directory = DataDirectory.open(dir);
        try {
            directory.endOrphan();
            Path bin = Files.createDirectories(dir.resolve("bin"));
            Path executable = ExecutableProvider.newJarResourceProvider(bin.toFile())
                    .get()
                    .toPath();
            EmbeddedRedis redis = new EmbeddedRedis(dir, directory, executable);
            redis.launchOnFreePort();
            return redis;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e instanceof IOException io ? io : new IOException("The embedded Redis did not start: " + e, e);
        }
    }

    /** Where it listens, password included. */
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    private void launchOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            try {
                launch();
                return;
            } catch (IOException e) {
                if (attempt == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    private void launch() throws IOException {
        Path config = writeConfig();
        Path logFile = dir.resolve("redis.log");
        if (Files.exists(logFile)) {
            Files.move(logFile, dir.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Process started = new ProcessBuilder(command(config))
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile())
                .start();
        process = started;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (!accepts()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.destroyForcibly();
                throw new IOException("The embedded Redis did not start: " + lastLine(logFile)
                        + ". To use a Redis of your own, set OPENUPTIMES_REDIS_URL.");
            }
            pause(5);
        }
        if (!started.isAlive()) {
            throw new IOException("The embedded Redis did not start: somebody else listens on its port");
        }
        var unused = started.onExit().whenComplete((ended, impossible) -> exited(started));
        log.info("embedded Redis listens on 127.0.0.1:{}, data in {}", port, dir);
    }

    private List<String> command(Path config) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid"); // a Ctrl-C in the terminal is ours to handle
        }
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", WATCHED, "redis"));
        }
        command.addAll(List.of(executable.toString(), config.toString()));
        return command;
    }

    private Path writeConfig() throws IOException {
        Path config = dir.resolve("redis.conf");
        Files.deleteIfExists(config);
        if (config.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(
                config,
                """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                appendonly yes
                appendfsync everysec
                save ""
                auto-aof-rewrite-min-size 256mb
                hash-max-ziplist-value 40
                """.formatted(port, password, quoted(dir), quoted(directory.pidFile())),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        return config;
    }

    private static String quoted(Path path) {
        return path.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void exited(Process ended) {
        closeQuietly(ended);
        if (!closing && ended == process) {
            log.error("embedded Redis ended by itself with code {}; starting it again", ended.exitValue());
            CompletableFuture.delayedExecutor(RESTART_DELAY_MS, TimeUnit.MILLISECONDS)
                    .execute(this::relaunch);
        }
    }

    private synchronized void relaunch() {
        if (closing) {
            return;
        }
        try {
            launch();
        } catch (IOException e) {
            log.error("{}", e.getMessage());
            CompletableFuture.delayedExecutor(RESTART_DELAY_MS * 4, TimeUnit.MILLISECONDS)
                    .execute(this::relaunch);
        }
    }

    /** Ends the server, which writes what it has, and gives the data directory free. */
    @Override
    public synchronized void close() {
        closing = true;
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            closeQuietly(running);
        }
        directory.close();
    }

    private static void closeQuietly(Process ended) {
        try {
            ended.getOutputStream().close(); // lets the watcher go too
        } catch (IOException e) {
            log.debug("pipe to the embedded Redis", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String lastLine(Path logFile) {
        try {
            List<String> lines = Files.readAllLines(logFile);
            return lines.isEmpty()
                    ? "it said nothing"
                    : lines.get(lines.size() - 1).strip();
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void pause(long ms) throws IOException {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the embedded Redis started", e);
        }
    }
}
