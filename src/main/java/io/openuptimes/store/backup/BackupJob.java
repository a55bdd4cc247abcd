package io.openuptimes.store.backup;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.config.Version;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes a backup of a store, which may be in use meanwhile.
 *
 * <p>All services are as they were at one moment, for which changes of services wait. Checks go on: after that moment each
 * service's status, counts and history are read in one step, and belong to one later moment of that service. A service
 * that is deleted meanwhile is not in the backup; one that is created is not, either. Settings, API keys, events and the
 * audit log come last.
 *
 * <p>For one backup. Belongs to the link's event loop.
 */
public final class BackupJob {

    /** Runs a task while nobody changes services, and fails if somebody could have. */
    @FunctionalInterface
    public interface Exclusively {
        Future<Void> run(Supplier<Future<Void>> task);
    }

    /**
     * What was written.
     *
     * @param services how many
     * @param days of history, of all services and locations together
     * @param bytes size of the file
     * @param secretKeys ids of the keys that are needed to read the secrets in it
     */
    public record Summary(long services, long days, long bytes, Set<String> secretKeys) {}

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
     * Writes a file, which is there once it is complete.
     *
     * @param replace whether it may take the place of a file that is there
     * @param progress told how far it is
     * @return fails with a message for people if it is not written; no part of it is left then
     */
    public Future<Summary> write(Path file, boolean replace, Consumer<Progress> progress) {
        BackupHeader header = new BackupHeader(BackupHeader.FORMAT, Version.CURRENT, clock.millis());
        return RestoreMark.read(link)
                .compose(mark -> mark != null
                        ? Future.failedFuture(
                                new Refused(
                                        Failures.CONFLICT,
                                        "The store holds only a part of a restore that was interrupted; there is nothing to back up"))
                        : vertx.executeBlocking(() -> BackupFileWriter.begin(file, replace, header))
                                .compose(begun -> write(begun, progress)
                                        .eventually(() -> vertx.executeBlocking(() -> {
                                            begun.close();
                                            return null;
                                        }))));
    }

    private Future<Summary> write(BackupFileWriter file, Consumer<Progress> progress) {
        BackupSink sink = new BackupSink(vertx, file);
        Walked walked = new Walked();
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
                .compose(read -> sink.write(BackupFileWriter::finish))
                .map(bytes -> new Summary(
                        file.counts().of(Kind.SERVICE) - file.counts().of(Kind.GONE),
                        file.counts().of(Kind.DAY),
                        bytes,
                        definitions.secretKeys()));
    }
}
