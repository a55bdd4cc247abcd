package io.openuptimes.store;

import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisContainer;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on an external server, with a separate database per test. */
class ContainerStoreTest extends StoreContract {

    private static RedisContainer redis;
    private static int database;

    @BeforeAll
    static void start() {
        redis = RedisContainer.start();
        database = 0;
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    RedisOptions emptyServers() {
        return RedisClients.options(redis.url() + "/" + database++, null);
    }
}
