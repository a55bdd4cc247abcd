package io.openuptimes.store;

import io.openuptimes.store.embedded.EmbeddedRedis.Options;
import java.nio.file.Path;

/** The contract on the bundled Redis, regardless of installed ones. */
class BundledRedisStoreTest extends StoreContract {

    @Override
    Options embedded(Path dataDir) {
        return Options.in(dataDir).withServer("bundled");
    }
}
