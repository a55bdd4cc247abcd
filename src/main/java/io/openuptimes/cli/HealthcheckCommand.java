package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Reports to containers and service managers whether the service on this machine is healthy. */
@Command(
        name = "healthcheck",
        header = "Ask the running service on this machine whether it is alive",
        description = {
            "Requests /healthz at the host and port of the settings; exit code 0 if the service answers, otherwise 1."
        },
        optionListHeading = "%nOptions:%n")
final class HealthcheckCommand implements Callable<Integer> {

    static final Duration TIMEOUT = Duration.ofSeconds(4);

    @ParentCommand
    private @Nullable OpenUptimesCommand parent;

    @Override
    public Integer call() throws CommandFailure {
        OpenUptimesCommand root = OpenUptimesCommand.of(parent);
        Optional<String> problem = new HealthProbe(TIMEOUT).problem(url(root));
        if (problem.isPresent()) {
            throw CommandFailure.failed(problem.get());
        }
        return ExitCodes.OK;
    }

    /** Invalid settings also exit with 1, because health checks know no other failure code. */
    private static String url(OpenUptimesCommand root) throws CommandFailure {
        try {
            Settings.Http http = root.settings().http();
            return (http.tls() == null ? "http://" : "https://")
                    + HealthProbe.address(http.host(), String.valueOf(http.port()), http.basePath());
        } catch (InvalidSettingsException e) {
            throw CommandFailure.failed("Bad setting: " + String.join("; ", e.problems()));
        }
    }
}
