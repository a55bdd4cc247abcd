package io.openuptimes.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of other toolchains. */
final class Programs {

    private static final long MINUTES = 10;

    private Programs() {}

    /** The exit code, with the combined standard output and error. */
    record Result(int code, String output) {

        /** @throws AssertionError with the output if it failed */
        String succeeded() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + ": " + output);
            }
            return output;
        }
    }

    static Result run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(output));
            }
            return new Result(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** Whether a program is installed and exits with 0. */
    static boolean works(String... command) throws InterruptedException {
        try {
            return run(Path.of("."), List.of(command)).code() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
