package io.openuptimes.store;

import io.openuptimes.config.Settings;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCluster;
import io.openuptimes.testing.RedisTls;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a cluster, over TLS, as a user with only the permissions of docs/redis.md. */
class ClusterStoreTest extends StoreContract {

    @TempDir
    private static Path dir;

    private static RedisCluster cluster;
    private static RedisTls tls;

    @BeforeAll
    static void start() throws Exception {
        tls = RedisTls.in(dir);
        cluster = RedisCluster.start(
                dir,
                tls,
                List.of("requirepass admin", "masterauth admin", "user openuptimes on >secret " + AclUser.rules()),
                List.of("-a", "admin"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    RedisOptions emptyServers() throws Exception {
        cluster.flush();
        return options("openuptimes:secret@");
    }

    /** Access to Redis with more permissions than the store has. */
    @Override
    RedisOptions beside() {
        return options("default:admin@");
    }

    private static RedisOptions options(String userInfo) {
        return RedisClients.options(new Settings.Redis(
                "cluster",
                cluster.urls(userInfo),
                "",
                null,
                null,
                "",
                tls.authority().toString()));
    }
}
