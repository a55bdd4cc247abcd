package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Checks by Prometheus' promtool; tests are skipped if it is not installed. */
public final class Promtool {

    private Promtool() {}

    /** Checks a response of {@code /metrics}. */
    public static void assertClean(String scrape) throws Exception {
        assertThat(feed(Path.of("."), scrape, "check", "metrics")).isEmpty();
    }

    /**
     * Runs promtool and fails unless it exits with 0.
     *
     * @param directory base of relative paths
     * @return its output
     */
    public static String run(Path directory, String... arguments) throws Exception {
        return feed(directory, "", arguments);
    }

    private static String feed(Path directory, String input, String... arguments) throws Exception {
        Process promtool = start(directory, arguments);
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(promtool.exitValue()).as(() -> output).isZero();
        return output;
    }

    private static Process start(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed: apt-get install prometheus");
            throw new IllegalStateException(e);
        }
    }
}
