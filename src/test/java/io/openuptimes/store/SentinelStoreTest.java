package io.openuptimes.store;

import io.openuptimes.config.Settings;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisProgram;
import io.openuptimes.testing.RedisSentinels;
import io.openuptimes.testing.RedisTls;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on the master named by sentinels, over TLS, with a separate database per test, as users with only the
 * required permissions.
 */
class SentinelStoreTest extends StoreContract {

    @TempDir
    private static Path dir;

    private static RedisTls tls;
    private static RedisSentinels sentinels;
    private static int database;

    @BeforeAll
    static void start() throws Exception {
        RedisProgram.assumeInstalled();
        tls = RedisTls.in(dir);
        sentinels = RedisSentinels.start(
                dir,
                tls,
                "admin",
                "too",
                List.of("user openuptimes on >secret " + AclUser.rules()),
                List.of("user asks on >its:own@% -@all " + AclUser.sentinelRules()));
        database = 0;
    }

    @AfterAll
    static void stop() {
        if (sentinels != null) {
            sentinels.close();
        }
    }

    @Override
    RedisOptions emptyServers() {
        return RedisClients.options(new Settings.Redis(
                "sentinel",
                sentinels.urls("openuptimes:secret@", database++),
                RedisSentinels.MASTER,
                "asks",
                "its:own@%",
                "",
                tls.authority().toString()));
    }

    @Override
    RedisOptions beside() throws Exception {
        return RedisClients.options(
                "rediss://:admin@127.0.0.1:" + sentinels.master().port() + "/" + (database - 1),
                tls.authority().toString());
    }
}
