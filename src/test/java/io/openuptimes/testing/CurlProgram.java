package io.openuptimes.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real curl against a server. */
public final class CurlProgram {

    private static final boolean THERE = isInstalled();

    private CurlProgram() {}

    public static boolean isThere() {
        return THERE;
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("curl", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Sends a request, ignoring the user's curl configuration.
     *
     * @return the status of the last response and curl's exit code, such as {@code 200, exit 0}
     */
    public static String status(String url, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "curl", "-q", "--silent", "--max-time", "60", "--output", "/dev/null", "--write-out", "%{http_code}"));
        command.addAll(List.of(options));
        command.add(url);
        Process curl = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String status = new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (!curl.waitFor(90, TimeUnit.SECONDS)) {
            curl.destroyForcibly();
        }
        return status + ", exit " + curl.exitValue();
    }
}
