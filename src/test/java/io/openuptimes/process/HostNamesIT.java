package io.openuptimes.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.Target;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar contains only part of ICU; it must convert international host names like the whole of it. */
class HostNamesIT {

    /** Names with the character alone, after another one, or in scripts with contextual rules. */
    private static final List<String> AROUND =
            List.of("%s", "a%sb", "\u0628%s\u0628", "\u0915\u094d%s", "xn--fa-hia.%s");

    @TempDir
    private Path dir;

    @Test
    void everyCharacterIsReadAsByAllOfIcu() throws Exception {
        Path output = dir.resolve("hosts");
        Process jar = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("openuptimes.jar") + File.pathSeparator + testClasses(),
                        HostNamesIT.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Path expected = dir.resolve("expected");
        try (PrintStream out = new PrintStream(expected.toFile(), StandardCharsets.UTF_8)) {
            print(out);
        }
        assertThat(jar.waitFor()).as(() -> tail(output)).isZero();
        assertThat(Files.mismatch(output, expected)).as(() -> tail(output)).isEqualTo(-1);
        assertThat(Files.readString(expected)).contains("df a%sb xn--ab-gia\n");
    }

    private static String testClasses() throws Exception {
        return Path.of(HostNamesIT.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static String tail(Path output) {
        try {
            String text = Files.readString(output);
            return text.substring(Math.max(0, text.length() - 2_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Entry point of the child process. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        print(out);
        out.flush();
    }

    /** One line per name: the character, its context, and the host or the reason for its absence. */
    private static void print(PrintStream out) {
        StringBuilder lines = new StringBuilder();
        for (int c = 128; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) == Character.UNASSIGNED && c % 16 != 0) {
                continue;
            }
            for (String around : AROUND) {
                lines.append(Integer.toHexString(c)).append(' ').append(around).append(' ');
                lines.append(host(around.replace("%s", Character.toString(c)))).append('\n');
            }
            if (lines.length() > 65_536) {
                out.print(lines);
                lines.setLength(0);
            }
        }
        out.print(lines);
    }

    private static String host(String name) {
        try {
            return Target.of("http://" + name + "/").host();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
