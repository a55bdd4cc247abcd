package io.openuptimes.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs a test program in a network namespace that has only a loopback interface with the given addresses, so its
 * connections cannot leave it. The test is skipped if the system does not allow namespaces.
 */
public final class NetworkNamespace {

    private static final long PATIENCE_S = 120;
    private static final String LOOPBACK_UP = "ip link set lo up";

    private NetworkNamespace() {}

    /**
     * @param addresses with prefix length, added to the loopback interface
     * @param main the class whose {@code main} is run
     * @return the lines it prints
     */
    public static List<String> run(List<String> addresses, Class<?> main, String... arguments) throws Exception {
        return inside(
                addresses.stream()
                        .map(address ->
                                " && ip addr add " + address + " dev lo" + (address.indexOf(':') < 0 ? "" : " nodad"))
                        .collect(Collectors.joining("", LOOPBACK_UP, "")),
                main,
                arguments);
    }

    /**
     * Runs the program without any IPv6 address, not even {@code ::1}.
     *
     * @return the lines it prints
     */
    public static List<String> withoutIpv6(Class<?> main, String... arguments) throws Exception {
        return inside(LOOPBACK_UP + " && ip -6 addr del ::1/128 dev lo", main, arguments);
    }

    private static List<String> inside(String setUp, Class<?> main, String... arguments) throws Exception {
        assumeTrue(exitCode("unshare", "-n", "sh", "-c", setUp) == 0, "no network namespaces here");
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", setUp + " && exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", ChildClassPath.get(), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var unused = process.onExit()
                .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
        return output.lines().toList();
    }

    private static int exitCode(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // program not installed
        }
    }
}
