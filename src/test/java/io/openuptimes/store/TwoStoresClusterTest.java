package io.openuptimes.store;

import io.openuptimes.config.Settings;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCluster;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on a cluster, where no script sees more than one slot. */
class TwoStoresClusterTest extends TwoStoresContract {

    private static RedisCluster cluster;

    @BeforeAll
    static void startCluster(@TempDir Path dir) throws Exception {
        cluster = RedisCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    RedisOptions emptyServers() throws Exception {
        cluster.flush();
        return options();
    }

    private static RedisOptions options() {
        return RedisClients.options(new Settings.Redis("cluster", cluster.urls(""), "", null, null, "", null));
    }

    @Override
    RedisOptions ofTheOther() {
        return options();
    }

    @Override
    void stopServers() {}
}
