package io.openuptimes.store.backup;

import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes a file's records to the store, in batches. Belongs to the link's event loop. */
final class RestoreWriter {

    private static final int BATCH_COMMANDS = 500;
    private static final long BATCH_BYTES = 1_000_000;

    private final Vertx vertx;
    private final Link link;
    private final RestoreRun run;
    private final BackupFile.Items items;
    private final RestoreCommands commands;
    private final LongConsumer progress;
    private long done;
    private boolean ended;

    /**
     * @param run the restore that writes
     * @param progress receives the number of records done
     */
    RestoreWriter(
            Vertx vertx,
            Link link,
            RestoreRun run,
            BackupFile.Items items,
            RestoreCommands commands,
            LongConsumer progress) {
        this.vertx = vertx;
        this.link = link;
        this.run = run;
        this.items = items;
        this.commands = commands;
        this.progress = progress;
    }

    /** Writes the next batch. Completes with whether it was the last one. */
    Future<Boolean> batch() {
        return vertx.executeBlocking(this::next)
                .compose(batch -> run.check().compose(held -> link.batch(batch)))
                .map(sent -> {
                    progress.accept(done);
                    return ended;
                });
    }

    private List<Request> next() throws IOException {
        List<Request> batch = new ArrayList<>();
        long bytes = 0;
        while (!ended && batch.size() < BATCH_COMMANDS && bytes < BATCH_BYTES) {
            Item item = items.next();
            if (item.kind() == Kind.END) {
                ended = true;
            } else {
                done++;
                bytes += item.size();
                batch.addAll(commands.of(item));
            }
        }
        return batch;
    }
}
