package io.openuptimes;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.RedisCluster;
import io.openuptimes.testing.RedisProgram;
import io.openuptimes.testing.RedisSentinels;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.Services;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No check can send HTTP to the service's own Redis servers, including those not named in the settings. */
@Timeout(300)
class OwnRedisTest {

    @TempDir
    private Path dir;

    private static CheckResult check(RunningApp app, String host, int port) {
        return Await.await(app.bus()
                        .request(
                                CheckMessage.TRY_SERVICE,
                                new TryService(Services.of("http://" + host + ":" + port + "/"))))
                .result();
    }

    private static void assertDenied(RunningApp app, String host, int port) {
        CheckResult result = check(app, host, port);
        assertThat(result.outcome())
                .as(host + ":" + port + " " + result.error())
                .isEqualTo(Outcome.DENIED);
        assertThat(result.deniedBy()).isEqualTo("own Redis");
    }

    private RestartableRedis started() throws Exception {
        RestartableRedis redis = new RestartableRedis(dir);
        redis.start();
        return redis;
    }

    @Test
    void itsOwnServerIsDeniedByWhateverName() throws Exception {
        try (RestartableRedis redis = started();
                RunningApp app = RunningApp.start(
                        Map.of("OPENUPTIMES_REDIS_URL", redis.url(), "OPENUPTIMES_EGRESS_ALLOW", "127.0.0.0/8"))) {
            for (String host : List.of("127.0.0.1", "localhost", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]")) {
                assertDenied(app, host, redis.port());
            }
            assertThat(check(app, "127.0.0.1", app.port()).outcome()).isNotEqualTo(Outcome.DENIED);
        }
    }

    @Test
    void allNodesOfAClusterAreDenied() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(dir)) {
            List<RedisProgram> nodes = new ArrayList<>();
            for (RedisProgram master : cluster.masters()) {
                nodes.addAll(List.of(master, cluster.replicaOf(master)));
            }
            try (RunningApp app = RunningApp.start(Map.of(
                    "OPENUPTIMES_REDIS_TYPE",
                    "cluster",
                    "OPENUPTIMES_REDIS_URL",
                    cluster.urls("").get(0)))) {
                assertThat(nodes).hasSize(6);
                for (RedisProgram node : nodes) {
                    eventually(() -> assertDenied(app, "127.0.0.1", node.port()));
                }
            }
        }
    }

    @Test
    void sentinelsMasterAndReplicasAreDenied() throws Exception {
        try (RedisSentinels sentinels = RedisSentinels.start(dir, "secret", "asks")) {
            List<String> urls = sentinels.urls(":secret@", 0);
            try (RunningApp app = RunningApp.start(Map.of(
                    "OPENUPTIMES_REDIS_TYPE",
                    "sentinel",
                    "OPENUPTIMES_REDIS_URL",
                    String.join(",", urls),
                    "OPENUPTIMES_REDIS_MASTER",
                    RedisSentinels.MASTER,
                    "OPENUPTIMES_REDIS_SENTINEL_PASSWORD",
                    "asks"))) {
                for (RedisProgram server : sentinels.servers()) {
                    eventually(() -> assertDenied(app, "127.0.0.1", server.port()));
                }
                for (String url : urls) {
                    assertDenied(app, "127.0.0.1", URI.create(url).getPort());
                }
            }
        }
    }
}
