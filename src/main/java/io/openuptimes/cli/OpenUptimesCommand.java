package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsLoader;
import io.openuptimes.store.command.StoreLook;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command; without a subcommand, it runs the service. */
@Command(
        name = OpenUptimesCommand.NAME,
        description = "Checks whether services are up, and shows the result.",
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar openuptimes.jar",
            "      runs the service until it is stopped (Ctrl-C)",
            "  java -jar openuptimes.jar --config /etc/openuptimes.yaml",
            "      runs it with the settings in this file",
            "  java -jar openuptimes.jar --check-config",
            "      checks the settings and the services file, and changes nothing",
            "  java -jar openuptimes.jar reset-password --help",
            "      explains a command",
            "",
            "Exit codes: 0 done, 1 failed, 2 invalid arguments or settings, 3 out of memory."
        },
        subcommands = {BackupCommand.class, RestoreCommand.class, ResetPasswordCommand.class, HealthcheckCommand.class},
        versionProvider = VersionText.class)
public final class OpenUptimesCommand implements Callable<Integer> {

    static final String NAME = "java -jar openuptimes.jar";

    private final Host host;
    private boolean serving;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "Settings file. Default: what OPENUPTIMES_CONFIG names, or conf/openuptimes.yaml if it exists.")
    private @Nullable String config;

    OpenUptimesCommand(Host host) {
        this.host = host;
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(
            names = "--check-config",
            description = "Check the settings, the TLS files that they name and the declared services, and whether the"
                    + " stored data can be read if its Redis is running. Exits with 2 for bad settings, 1 for data of"
                    + " another format, otherwise 0. Changes nothing.")
    private boolean checkConfig;

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        if (checkConfig) {
            return checkConfig();
        }
        serving = true;
        host.service().start(config);
        return ExitCodes.OK;
    }

    private int checkConfig() throws CommandFailure, InvalidSettingsException {
        host.quiet().run();
        Settings settings = settings();
        SettingsCheck check = new SettingsCheck(host.vertx().get(), settings, host.environment()).run();
        if (!check.problems().isEmpty()) {
            throw new InvalidSettingsException(check.problems());
        }
        check.warnings().forEach(warning -> host.out().println("Warning: " + warning));
        host.out().println("The settings are ok: " + check.declared() + ".");
        StoreLook store = WaitingLine.on(StoreLook.at(host.vertx().get(), settings));
        if (store.refused()) {
            throw CommandFailure.failed(store.text());
        }
        host.out().println(store.text() + ".");
        return ExitCodes.OK;
    }

    boolean isCheckOnly() {
        return checkConfig;
    }

    /** Returns a subcommand's parent. */
    static OpenUptimesCommand of(@Nullable OpenUptimesCommand parent) {
        return Objects.requireNonNull(parent, "set by picocli");
    }

    /** Returns whether the service was started and keeps running. */
    boolean isServing() {
        return serving;
    }

    Host host() {
        return host;
    }

    /** Reads the settings file and the environment. Blocks. */
    Settings settings() throws CommandFailure, InvalidSettingsException {
        return WaitingLine.on(SettingsLoader.load(host.vertx().get(), config, host.environment()));
    }
}
