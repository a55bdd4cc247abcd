package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.Backups;
import io.openuptimes.store.backup.RestoreJob;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.openuptimes.store.secrets.NodeKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Restores a backup while the service is stopped. */
@Command(
        name = "restore",
        description = {
            "Restores a backup into an empty store. Stop every node first.",
            "The whole file is checked before anything is changed.",
            ""
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @ParentCommand
    private OpenUptimesCommand root;

    @Parameters(paramLabel = "FILE", description = "What the backup command has written.")
    private Path file;

    @Option(names = "--replace", description = "Delete all services, settings and history that the store holds.")
    private boolean replace;

    /** The fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    RestoreCommand() {}

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        return StoreWork.with(root, Missing.CREATE, this::restore);
    }

    private int restore(StoreAccess store, Settings settings) throws CommandFailure, InvalidSettingsException {
        Vertx vertx = root.host().vertx().get();
        PrintWriter out = root.host().out();
        ProgressLines lines = new ProgressLines(out, "records");
        NodeKeys keys = Waiting.on(vertx.executeBlocking(() -> keys(store, settings)));
        Future<RestoreJob.Summary> restored = store.run(link -> new Backups(vertx, link, Clock.systemUTC())
                .restore(file, replace, keys.ring(), store::liveNodes, lines::show));
        RestoreJob.Summary summary = Waiting.on(restored, ProgressLines.PATIENCE);
        out.printf(
                "Restored the backup of %s (version %s): %,d services, %,d days of history. Everyone is signed out.%n",
                Instant.ofEpochMilli(summary.createdAt()).truncatedTo(ChronoUnit.SECONDS),
                summary.version(),
                summary.services(),
                summary.days());
        return ExitCodes.OK;
    }

    private static NodeKeys keys(StoreAccess store, Settings settings) throws Exception {
        @Nullable
        Path dataDir = store.server() == Server.EXTERNAL
                ? null
                : Path.of(settings.redis().dataDir());
        return NodeKeys.of(settings.secrets().key(), settings.secrets().previousKeys(), dataDir);
    }
}
