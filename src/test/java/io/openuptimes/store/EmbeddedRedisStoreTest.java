package io.openuptimes.store;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisStoreTest extends StoreContract {

    @TempDir
    private Path dataDir;

    private EmbeddedRedis redis;

    @Override
    String emptyRedis() throws IOException {
        redis = EmbeddedRedis.start(dataDir);
        return redis.url();
    }

    @AfterEach
    void end() {
        redis.close();
    }
}
