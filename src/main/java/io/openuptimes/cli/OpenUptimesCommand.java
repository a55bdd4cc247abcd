package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: without a command, it runs the service. */
@Command(
        name = OpenUptimesCommand.NAME,
        description = {"Checks whether services are up, and shows the result.", ""},
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar openuptimes.jar",
            "      runs the service until it is stopped (Ctrl-C)",
            "  java -jar openuptimes.jar --config /etc/openuptimes.yaml",
            "      runs it with the settings in this file",
            "",
            "Exit codes: 0 done, 1 failed, 2 bad arguments or settings."
        },
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true)
public final class OpenUptimesCommand implements Callable<Integer> {

    static final String NAME = "java -jar openuptimes.jar";

    private final Host host;
    private boolean serving;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Settings file. Default: what OPENUPTIMES_CONFIG names, or conf/openuptimes.yaml if it exists.")
    private @Nullable String config;

    OpenUptimesCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        serving = true;
        host.service().start(config);
        return ExitCodes.OK;
    }

    /** Whether the service was started, which goes on. */
    boolean isServing() {
        return serving;
    }

    Host host() {
        return host;
    }

    /** Reads the settings file and the environment. Blocks. */
    Settings settings() throws CommandFailure, InvalidSettingsException {
        return Waiting.on(SettingsLoader.load(host.vertx().get(), config, host.environment()));
    }
}
