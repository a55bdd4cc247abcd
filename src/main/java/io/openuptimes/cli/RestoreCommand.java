package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.backup.RestoreJob;
import io.openuptimes.store.command.Backups;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.openuptimes.store.secrets.NodeKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Restores a backup while the service is stopped. */
@Command(
        name = "restore",
        header = "Restore a backup; every node must be stopped",
        description = {
            "Restores FILE into the store that the settings name: an empty one, or any with --replace. The whole file is"
                    + " checked before anything is changed. Secrets need the key that they were encrypted with."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  java -jar openuptimes.jar restore /var/backups/openuptimes.backup"})
final class RestoreCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OpenUptimesCommand parent;

    @Parameters(paramLabel = "FILE", description = "A file written by backup.")
    private @Nullable Path file;

    @Option(
            names = "--replace",
            description =
                    "First delete everything in the store: services, settings, API keys, history, audit log. Cannot be undone.")
    private boolean replace;

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        OpenUptimesCommand root = OpenUptimesCommand.of(parent);
        Path named = Objects.requireNonNull(file);
        if (!Files.isRegularFile(named) || !Files.isReadable(named)) {
            throw CommandFailure.failed(
                    "The file " + named + " does not exist or cannot be read. Nothing was changed.");
        }
        return StoreWork.with(
                root, Missing.CREATE, (store, settings) -> restore(root.host(), store, settings, named, replace));
    }

    private static int restore(Host host, StoreAccess store, Settings settings, Path file, boolean replace)
            throws CommandFailure, InvalidSettingsException {
        Vertx vertx = host.vertx().get();
        PrintWriter out = host.out();
        ProgressLines lines = new ProgressLines(out, "records");
        NodeKeys keys = WaitingLine.on(vertx.executeBlocking(() -> keys(store, settings)));
        Future<RestoreJob.Summary> restored = store.run(link -> new Backups(vertx, link, Clock.systemUTC())
                .restore(file, replace, keys.ring(), store::liveNodes, lines::show));
        RestoreJob.Summary summary = WaitingLine.on(restored, ProgressLines.PATIENCE);
        out.printf(
                "Restored the backup of %s (version %s): %,d services, %,d days of history. Everyone is signed out.%n",
                Instant.ofEpochMilli(summary.createdAt()).truncatedTo(ChronoUnit.SECONDS),
                summary.version(),
                summary.services(),
                summary.days());
        return ExitCodes.OK;
    }

    private static NodeKeys keys(StoreAccess store, Settings settings) throws Exception {
        Path dataDir = store.server() == Server.EXTERNAL
                ? null
                : Path.of(settings.redis().dataDir());
        return NodeKeys.of(settings.secrets().key(), settings.secrets().previousKeys(), dataDir);
    }
}
