package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.backup.BackupJob;
import io.openuptimes.store.command.Backups;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a backup while the service runs or is stopped. */
@Command(
        name = "backup",
        header = "Write a backup; also while the service runs",
        description = {
            "Writes services, settings, API keys (as hashes), history and the audit log to FILE, which only its owner can"
                    + " read. Needs the settings of the service: run it as the service's user, in its directory, with its"
                    + " environment. The key of the services' secrets is not in it: keep a copy of that elsewhere."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar openuptimes.jar backup /var/backups/openuptimes.backup",
            "  java -jar openuptimes.jar backup --force /var/backups/openuptimes.backup"
        })
final class BackupCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OpenUptimesCommand parent;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replace FILE if it exists.")
    private boolean force;

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        OpenUptimesCommand root = OpenUptimesCommand.of(parent);
        Path named = Objects.requireNonNull(file);
        return StoreWork.with(
                root, Missing.REFUSE, (store, settings) -> backup(root.host(), store, settings, named, force));
    }

    private static int backup(Host host, StoreAccess store, Settings settings, Path file, boolean force)
            throws CommandFailure, InvalidSettingsException {
        PrintWriter out = host.out();
        ProgressLines lines = new ProgressLines(out, "services");
        Future<BackupJob.Summary> written = store.run(
                link -> new Backups(host.vertx().get(), link, Clock.systemUTC()).backup(file, force, lines::show));
        BackupJob.Summary summary = WaitingLine.on(written, ProgressLines.PATIENCE);
        out.printf(
                "Backup written to %s: %,d services, %,d days of history, %s.%n",
                file, summary.services(), summary.days(), ProgressLines.size(summary.bytes()));
        if (summary.unreadable() > 0) {
            out.printf(
                    "Warning: %,d services cannot be read and are not in the backup. The service's log names them.%n",
                    summary.unreadable());
        }
        if (!summary.secretKeys().isEmpty()) {
            out.println(aboutKeys(summary.secretKeys(), store.server(), settings));
        }
        return ExitCodes.OK;
    }

    private static String aboutKeys(Set<String> ids, Server server, Settings settings) {
        Path made = Path.of(settings.redis().dataDir()).resolve("secret.key");
        boolean isMade = server != Server.EXTERNAL && Files.exists(made);
        String set = "the settings secrets.key (OPENUPTIMES_SECRET_KEY) and secrets.previousKeys";
        String where = settings.secrets().key() == null && isMade
                ? "the file " + made
                : isMade ? set + " and of the file " + made : set;
        return "Secrets in it are encrypted; the key (" + String.join(", ", ids)
                + ") is not in the backup. A restore on another machine needs it: keep a copy of " + where + ".";
    }
}
