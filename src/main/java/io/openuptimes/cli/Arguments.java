package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command given by the process's arguments. */
public final class Arguments {

    private Arguments() {}

    /**
     * Runs a command to completion, or starts the service.
     *
     * @return the exit code; empty if the service was started and keeps running
     */
    public static OptionalInt run(Host host, String... arguments) {
        OpenUptimesCommand root = new OpenUptimesCommand(host);
        CommandLine program = new CommandLine(root)
                .setOut(host.out())
                .setErr(host.err())
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionStrategy(parsed -> {
                    if (parsed.hasSubcommand()) {
                        if (root.isCheckOnly()) {
                            throw new ParameterException(
                                    parsed.subcommand().commandSpec().commandLine(),
                                    "--check-config stands alone: it checks the settings and runs no command");
                        }
                        host.quiet().run();
                    }
                    return new RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((e, given) -> refuse(host, e))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(host, e));
        int code = program.execute(arguments);
        host.out().flush();
        host.err().flush();
        return root.isServing() ? OptionalInt.empty() : OptionalInt.of(code);
    }

    private static int refuse(Host host, ParameterException e) {
        host.err()
                .println(
                        e instanceof UnmatchedArgumentException unmatched
                                ? unknown(unmatched)
                                : sentence(e.getMessage()));
        host.err().println("See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.USAGE;
    }

    private static String unknown(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        String kind = e.isUnknownOption() ? "option" : "command";
        List<String> similar = e.getSuggestions();
        return "Unknown " + kind + ": " + first + "."
                + (similar.isEmpty() ? "" : " Did you mean " + similar.get(0) + "?");
    }

    private static String sentence(@Nullable String text) {
        String line = String.valueOf(text).lines().findFirst().orElse("");
        return line.endsWith(".") ? line : line + ".";
    }

    private static int fail(Host host, Exception e) throws Exception {
        if (e instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(problem -> host.err().println("Bad setting: " + problem));
            return ExitCodes.USAGE;
        }
        if (e instanceof CommandFailure expected) {
            host.err().println(expected.getMessage());
            return expected.exitCode();
        }
        throw e;
    }
}
