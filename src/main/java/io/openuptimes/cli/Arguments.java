package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs what the arguments of the process ask for. */
public final class Arguments {

    private Arguments() {}

    /**
     * Runs a command and waits for its end, or starts the service.
     *
     * @return the exit code; empty if the service was started, which goes on
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
        String suggestions = e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? " Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
                : "";
        host.err().println(sentence(e.getMessage()) + suggestions);
        host.err().println("See " + OpenUptimesCommand.NAME + " --help");
        return ExitCodes.USAGE;
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
