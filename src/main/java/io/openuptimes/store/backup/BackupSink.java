package io.openuptimes.store.backup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/** Writes to a backup file on a worker, one operation after the other. */
final class BackupSink {

    /** A write operation. */
    @FunctionalInterface
    interface Writing<T> {
        T to(BackupFileWriter file) throws IOException;
    }

    private final Vertx vertx;
    private final BackupFileWriter file;

    BackupSink(Vertx vertx, BackupFileWriter file) {
        this.vertx = vertx;
        this.file = file;
    }

    <T> Future<T> write(Writing<T> writing) {
        return vertx.executeBlocking(() -> writing.to(file));
    }
}
