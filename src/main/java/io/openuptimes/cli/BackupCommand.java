package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.Backups;
import io.openuptimes.store.backup.BackupJob;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.vertx.core.Future;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes a backup, beside the running service or while it is stopped. */
@Command(
        name = "backup",
        description = {
            "Writes services, settings, API keys (as hashes), history and the audit log to a file.",
            "The service may run meanwhile.",
            ""
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @ParentCommand
    private OpenUptimesCommand root;

    @Parameters(paramLabel = "FILE", description = "The file to write; only its owner can read it.")
    private Path file;

    @Option(names = "--force", description = "Replace FILE if it exists.")
    private boolean force;

    /** The fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    BackupCommand() {}

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        return StoreWork.with(root, Missing.REFUSE, this::backup);
    }

    private int backup(StoreAccess store, Settings settings) throws CommandFailure, InvalidSettingsException {
        PrintWriter out = root.host().out();
        ProgressLines lines = new ProgressLines(out, "services");
        Future<BackupJob.Summary> written = store.run(link ->
                new Backups(root.host().vertx().get(), link, Clock.systemUTC()).backup(file, force, lines::show));
        BackupJob.Summary summary = Waiting.on(written, ProgressLines.PATIENCE);
        out.printf(
                "Backup written to %s: %,d services, %,d days of history, %s.%n",
                file, summary.services(), summary.days(), ProgressLines.size(summary.bytes()));
        if (!summary.secretKeys().isEmpty()) {
            out.println(aboutKeys(summary.secretKeys(), store.server(), settings));
        }
        return ExitCodes.OK;
    }

    private static String aboutKeys(Set<String> ids, Server server, Settings settings) {
        String where = settings.secrets().key() == null && server != Server.EXTERNAL
                ? "the file " + Path.of(settings.redis().dataDir()).resolve("secret.key")
                : "the setting secrets.key (OPENUPTIMES_SECRET_KEY)";
        return "Secrets in it are encrypted; the key (" + String.join(", ", ids)
                + ") is not in the backup. A restore on another machine needs it: keep a copy of " + where + ".";
    }
}
