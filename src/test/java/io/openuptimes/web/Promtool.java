package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Prometheus's own check of what is scraped; a test that needs it is skipped where it is not installed. */
final class Promtool {

    private Promtool() {}

    static void assertClean(String scrape) throws Exception {
        Process promtool = start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(scrape.getBytes(StandardCharsets.UTF_8));
        }
        String complaints = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(complaints).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    private static Process start() {
        try {
            return new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed: apt-get install prometheus");
            throw new IllegalStateException(e);
        }
    }
}
