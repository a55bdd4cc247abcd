package io.openuptimes.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** An installed {@code redis-server}, as packaged by Debian, on a loopback port. */
public final class RedisProgram implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long PATIENCE_S = 60;

    private final Path dir;
    private final int port;
    private final List<String> command;
    private final List<String> clientOptions;
    private Process process;

    private RedisProgram(Path dir, int port, List<String> command, List<String> clientOptions) {
        this.dir = dir;
        this.port = port;
        this.command = command;
        this.clientOptions = clientOptions;
    }

    /** Skips the test if it is not installed. */
    public static void assumeInstalled() {
        boolean installed = Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "redis-server"))
                        && Files.isExecutable(Path.of(place, "redis-cli")));
        Assumptions.assumeTrue(installed, "no redis-server on the PATH");
    }

    /**
     * Starts a server and waits until it responds.
     *
     * @param dir its data directory, which is created
     * @param settings configuration lines
     * @param clientOptions options for its {@code redis-cli}
     * @param options command line options
     */
    public static RedisProgram start(
            Path dir, int port, List<String> settings, List<String> clientOptions, String... options) throws Exception {
        Files.createDirectories(dir);
        Path configuration = dir.resolve("redis.conf");
        List<String> lines = new ArrayList<>(List.of("bind " + HOST, "dir " + dir, "daemonize no", "save \"\""));
        if (List.of(options).contains("--sentinel")) {
            lines.removeIf(line -> line.startsWith("save"));
        }
        lines.addAll(settings);
        Files.write(configuration, lines);
        List<String> command = new ArrayList<>(List.of("redis-server", configuration.toString()));
        command.addAll(List.of(options));
        RedisProgram program = new RedisProgram(dir, port, command, clientOptions);
        program.start();
        return program;
    }

    /** Options of {@code redis-cli}, with optional TLS. */
    static List<String> clientOptions(@Nullable RedisTls tls, List<String> more) {
        List<String> options = new ArrayList<>(tls == null ? List.of() : tls.clientOptions());
        options.addAll(more);
        return options;
    }

    /** Restarts it after it was killed. */
    public void start() throws Exception {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
                .start();
        Eventually.eventually(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it has ended: " + Files.readString(dir.resolve("log")));
            }
            if (!ask("PING").equals("PONG")) {
                throw new IllegalStateException("it does not answer");
            }
        });
    }

    public int port() {
        return port;
    }

    /** The output of {@code redis-cli}, without the trailing newline. */
    public String ask(String... words) throws IOException {
        return ask(List.of(words));
    }

    public String ask(List<String> words) throws IOException {
        List<String> client =
                new ArrayList<>(List.of("redis-cli", "-h", HOST, "-p", String.valueOf(port), "--no-auth-warning"));
        client.addAll(clientOptions);
        client.addAll(words);
        Process asking = new ProcessBuilder(client).redirectErrorStream(true).start();
        try {
            String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            asking.waitFor();
            return answer.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            asking.destroyForcibly();
        }
    }

    /** Runs a command that must return {@code OK}. */
    public void tell(String... words) throws IOException {
        String answer = ask(words);
        if (!answer.equals("OK")) {
            throw new IllegalStateException(String.join(" ", words) + ": " + answer);
        }
    }

    /** Kills it with SIGKILL, without a clean shutdown. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_S, TimeUnit.SECONDS);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
