package io.openuptimes.store.command;

import io.openuptimes.config.Settings;
import io.openuptimes.store.AclUser;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCluster;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** From the embedded Redis to a cluster, as a user with only a node's permissions. */
class ClusterBackupTest extends BackupContract {

    @TempDir
    private static Path dir;

    private static RedisCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = RedisCluster.start(
                dir,
                null,
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
    RedisOptions emptyTarget() throws Exception {
        cluster.flush();
        return RedisClients.options(
                new Settings.Redis("cluster", cluster.urls("openuptimes:secret@"), "", null, null, "", null));
    }

    /** Direct access to the cluster, for a key of another application. */
    @Override
    RedisOptions beside() {
        return RedisClients.options(
                new Settings.Redis("cluster", cluster.urls("default:admin@"), "", null, null, "", null));
    }
}
