package io.openuptimes.store.backup;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Version;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.format.StoreFormat;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a backup of a store, which may be in use.
 *
 * <p>The services are a snapshot of one moment; changes of services wait while it is taken. Checks continue: afterwards
 * each service's status, counts and history are read in one step, and are consistent at a later moment that differs per
 * service. Services deleted or created meanwhile are not in the backup. Settings, API keys, events and the audit log
 * come last.
 *
 * <p>Writes one backup. Belongs to the link's event loop.
 */
public final class BackupJob {

    /** Runs a task while nobody changes services; fails if somebody could have. */
    @FunctionalInterface
    public interface Exclusively {
        Future<Void> run(Supplier<Future<Void>> task);
    }

    /**
     * What was written.
     *
     * @param services number of services
     * @param days days of history, for all services and locations together
     * @param bytes size of the file
     * @param secretKeys ids of the keys needed to read its secrets
     * @param unreadable number of stored services that cannot be decoded, and are therefore not in the backup
     */
    public record Summary(long services, long days, long bytes, Set<String> secretKeys, long unreadable) {}

    private final Vertx vertx;
    private final Link link;
    private final Exclusively exclusively;
    private final Clock clock;

    /**
     * @param clock tells the time of day
     */
    public BackupJob(Vertx vertx, Link link, Exclusively exclusively, Clock clock) {
        this.vertx = vertx;
        this.link = link;
        this.exclusively = exclusively;
        this.clock = clock;
    }

    /**
     * Writes the file, which appears once it is complete.
     *
     * @param replace whether an existing file may be replaced
     * @param progress receives the progress
     * @return fails with a message for users if the file is not written; nothing is left behind then
     */
    public Future<Summary> write(Path file, boolean replace, Consumer<Progress> progress) {
        return refuseIncomplete()
                .compose(complete -> StoreFormat.check(link))
                .map(format -> new BackupHeader(BackupHeader.FORMAT, format, Version.CURRENT, clock.millis()))
                .compose(header -> dataId().compose(dataId -> write(file, replace, header, dataId, progress)));
    }

    private Future<Summary> write(
            Path file, boolean replace, BackupHeader header, @Nullable String dataId, Consumer<Progress> progress) {
        return vertx.executeBlocking(() -> BackupFileWriter.begin(file, replace, header))
                .compose(begun -> write(begun, header, dataId, progress)
                        .eventually(() -> vertx.executeBlocking(() -> {
                            begun.close();
                            return null;
                        })));
    }

    private Future<Void> refuseIncomplete() {
        return RestoreMark.read(link)
                .compose(mark -> mark == null
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refused(
                                Failures.CONFLICT,
                                "The store holds only a part of a restore that is under way or was interrupted; there is"
                                        + " nothing to back up")));
    }

    /** Identifies the store's contents; null after a restore, until a node starts. */
    private Future<@Nullable String> dataId() {
        return link.send(Request.cmd(Command.HGET).arg(Keys.SETTINGS).arg("dataId"))
                .map(id -> id == null ? null : id.toString());
    }

    /** Fails if a restore has begun since the start, because the file then contains parts of both contents. */
    private Future<Void> refuseReplaced(@Nullable String dataId) {
        return RestoreMark.read(link)
                .compose(mark -> dataId().map(now -> mark != null || !Objects.equals(now, dataId)))
                .compose(replaced -> replaced
                        ? Future.failedFuture(new Refused(
                                Failures.CONFLICT,
                                "The store's contents were replaced during the backup. No file was written; run the"
                                        + " backup again"))
                        : Future.succeededFuture());
    }

    private Future<Summary> write(
            BackupFileWriter file, BackupHeader header, @Nullable String dataId, Consumer<Progress> progress) {
        BackupSink sink = new BackupSink(vertx, file);
        Walked walked = new Walked(header.createdAt());
        DefinitionsReader definitions = new DefinitionsReader(vertx, link, sink, walked);
        return exclusively
                .run(definitions::read)
                .compose(read -> link.send(HistoryLimits.read()))
                .compose(limits -> {
                    long now = clock.millis();
                    long oldest = Keys.day(HistoryLimits.of(limits).cutoff(now));
                    return new PastsReader(
                                    link,
                                    sink,
                                    walked,
                                    Keys.day(now),
                                    oldest,
                                    done -> progress.accept(new Progress(done, walked.size())))
                            .read();
                })
                .compose(read -> new SharedReader(link, sink, walked).read())
                .compose(read -> refuseReplaced(dataId))
                .compose(same -> sink.write(BackupFileWriter::finish))
                .map(bytes -> new Summary(
                        file.counts().of(Kind.SERVICE) - file.counts().of(Kind.GONE),
                        file.counts().of(Kind.DAY),
                        bytes,
                        definitions.secretKeys(),
                        definitions.unreadable()));
    }
}
