package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server. It ends with this process, however that ends: its shell watches a pipe that closes with us. */
final class ServerProcess {

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    private static final long START_TIMEOUT_MS = 10_000;
    private static final long STOP_TIMEOUT_S = 2;

    /**
     * Leaves a background process that stops the server when standard input closes, then becomes the server. The
     * server's files are private to its user.
     */
    private static final String WATCHED = "umask 077; exec 3<&0;"
            + " (while read -r line <&3; do :; done; kill -TERM $$) & exec \"$@\" 3<&- </dev/null";

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a server, which accepts connections when this returns.
     *
     * @param dir directory for its log
     * @throws IOException if it does not start; contains its last output
     */
    static ServerProcess start(Path executable, Path configuration, EmbeddedAddress address, Path dir)
            throws IOException {
        Path logFile = dir.resolve("redis.log");
        if (Files.exists(logFile)) {
            Files.move(logFile, dir.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        PrivateFiles.create(logFile);
        Process process = new ProcessBuilder(command(executable, configuration))
                .redirectErrorStream(true)
                .redirectOutput(logFile.toFile())
                .start();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (!address.accepts()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("The embedded Redis did not start: " + lastLine(logFile)
                        + ". To use a Redis of your own, set OPENUPTIMES_REDIS_URL.");
            }
            pause();
        }
        if (!process.isAlive()) {
            throw new IOException("The embedded Redis did not start: another process is using its port");
        }
        return new ServerProcess(process);
    }

    private static List<String> command(Path executable, Path configuration) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid"); // keeps the terminal's Ctrl-C from reaching the server
        }
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", WATCHED, "redis"));
        }
        command.addAll(List.of(executable.toString(), configuration.toString()));
        return command;
    }

    /** Calls back with the exit code when the server has ended. */
    void onExit(IntConsumer then) {
        var unused = process.onExit().whenComplete((ended, impossible) -> {
            closePipe();
            then.accept(process.exitValue());
        });
    }

    /** Stops the server, which first saves its data. Blocks until it has ended. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        closePipe();
    }

    /** Lets the watching shell end too. */
    private void closePipe() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.debug("cannot close the pipe to the embedded Redis", e);
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

    private static void pause() throws IOException {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the embedded Redis started", e);
        }
    }
}
