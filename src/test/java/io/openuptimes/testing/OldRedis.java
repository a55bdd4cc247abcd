package io.openuptimes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A Redis 6.2, the oldest supported version and the one bundled with earlier releases of the service. */
public final class OldRedis implements AutoCloseable {

    private static final long PATIENCE_S = 60;

    private static @Nullable Path executable;

    private final Path log;
    private final List<String> command;
    private Process process;

    /**
     * Creates one without starting it.
     *
     * @param settings lines of its configuration
     */
    public OldRedis(List<String> settings) throws IOException {
        Path own = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "old-redis");
        Path configuration = Files.write(own.resolve("redis.conf"), settings);
        log = own.resolve("redis.log");
        command = List.of(executable().toString(), configuration.toString());
    }

    private static synchronized Path executable() throws IOException {
        if (executable == null) {
            Path dir = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "old-redis");
            executable = ExecutableProvider.newJarResourceProvider(dir.toFile())
                    .get()
                    .toPath();
        }
        return executable;
    }

    /** Starts it and waits until it is ready. */
    public void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Eventually.eventually(() -> {
                if (!process.isAlive() || !Files.readString(log).contains("Ready to accept connections")) {
                    throw new IllegalStateException(Files.readString(log));
                }
            });
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Shuts it down cleanly; does nothing if it is not running. */
    public void stop() throws IOException {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
