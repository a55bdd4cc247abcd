package io.openuptimes.store.command;

import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** From one embedded Redis into another. */
class EmbeddedBackupTest extends BackupContract {

    @TempDir
    private Path other;

    private @Nullable EmbeddedRedis target;

    @Override
    RedisOptions emptyTarget() throws Exception {
        EmbeddedRedis started = EmbeddedRedis.start(EmbeddedRedis.Options.in(other));
        target = started;
        return RedisClients.options(started.url(), null);
    }

    @AfterEach
    void stopTarget() {
        if (target != null) {
            target.close();
        }
    }
}
