package io.openuptimes.store;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RedisCluster;
import io.openuptimes.testing.RedisProgram;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results and changes during node failures and slot migrations of a cluster. */
class ClusterFaultsTest {

    @TempDir
    private Path dir;

    private RedisCluster cluster;
    private ResultStream stream;

    @BeforeEach
    void start() throws Exception {
        cluster = RedisCluster.start(dir, "cluster-require-full-coverage no");
        RedisOptions options = RedisClients.options(
                new Settings.Redis("cluster", cluster.urls("").subList(1, 3), "", null, null, "", null));
        stream = new ResultStream(options);
    }

    @AfterEach
    void stop() throws Exception {
        if (stream != null) {
            stream.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private boolean isOn(Service service, RedisProgram master) {
        try {
            return cluster.masterOf(keyOf(service)).port() == master.port();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keyOf(Service service) {
        return Keys.status(Keys.partition(service.id()));
    }

    @Test
    void a_master_that_is_killed_costs_no_result_and_no_change() throws Exception {
        RedisProgram killed = cluster.masterOf(Keys.NAMES);
        RedisProgram heir = cluster.replicaOf(killed);
        List<Service> elsewhere = stream.services().stream()
                .filter(service -> !isOn(service, killed) && !stream.isTurning(service))
                .toList();
        stream.start(true);
        heir.tell("CONFIG", "SET", "cluster-replica-no-failover", "yes");
        cluster.noticeSoon();

        killed.kill();
        stream.awaitProgress(elsewhere::contains);
        eventually(() -> assertThat(stream.refused()).isPositive());
        assertThat(heir.ask("ROLE")).as("others did not wait for the failover").startsWith("slave");
        heir.tell("CONFIG", "SET", "cluster-replica-no-failover", "no");
        stream.awaitProgress(service -> true);

        assertThat(heir.ask("ROLE")).startsWith("master");
        stream.stopAndVerify();
    }

    @Test
    void what_a_master_had_acknowledged_and_lost_is_written_again() throws Exception {
        RedisProgram killed = cluster.masterOf(keyOf(stream.services().get(0)));
        RedisProgram heir = cluster.replicaOf(killed);
        stream.start(false);
        killed.tell("CONFIG", "SET", "requirepass", "keeps the replica out"); // open connections stay
        killed.ask("-a", "keeps the replica out", "CLIENT", "KILL", "TYPE", "replica");
        eventually(() -> {
            long acknowledged =
                    offset(killed.ask("-a", "keeps the replica out", "INFO", "replication"), "master_repl_offset");
            assertThat(offset(heir.ask("INFO", "replication"), "slave_repl_offset"))
                    .isLessThan(acknowledged - 10_000);
        });

        killed.kill();
        heir.tell("CLUSTER", "FAILOVER", "TAKEOVER"); // immediately, since older writes would count as confirmed
        stream.awaitProgress(service -> true);

        assertThat(heir.ask("ROLE")).startsWith("master");
        stream.stopAndVerify();
    }

    private static long offset(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_planned_failover_and_slots_on_their_way_cost_nothing() throws Exception {
        stream.start(true);

        RedisProgram heir = cluster.replicaOf(cluster.masterOf(Keys.EVENTS));
        eventually(() -> failOver(heir));
        stream.awaitProgress(service -> true);

        for (String key : List.of(
                Keys.NAMES,
                keyOf(stream.services().get(0)),
                keyOf(stream.services().get(1)))) {
            migrate(key);
        }
        stream.awaitProgress(service -> true);
        stream.stopAndVerify();
    }

    /** Retries, since Redis aborts a failover after five seconds on a busy machine. */
    private static void failOver(RedisProgram heir) throws Exception {
        if (!heir.ask("ROLE").startsWith("master")) {
            heir.tell("CLUSTER", "FAILOVER");
            eventually(
                    Duration.ofSeconds(10), () -> assertThat(heir.ask("ROLE")).startsWith("master"));
        }
    }

    /** Migrates a key's slot to another master, key by key, while its services receive results. */
    private void migrate(String key) throws Exception {
        String slot = String.valueOf(cluster.slot(key));
        RedisProgram from = cluster.masterOf(key);
        RedisProgram to = cluster.masters().stream()
                .filter(master -> master.port() != from.port())
                .findFirst()
                .orElseThrow();
        String fromId = from.ask("CLUSTER", "MYID");
        String toId = to.ask("CLUSTER", "MYID");
        to.tell("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        from.tell("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        for (String moving = next(from, slot); !moving.isEmpty(); moving = next(from, slot)) {
            from.tell("MIGRATE", "127.0.0.1", String.valueOf(to.port()), moving, "0", "60000");
            stream.awaitProgress(service -> !keyOf(service).equals(key)); // other services are unaffected
        }
        for (RedisProgram master : cluster.masters()) {
            master.tell("CLUSTER", "SETSLOT", slot, "NODE", toId);
        }
    }

    private static String next(RedisProgram node, String slot) throws IOException {
        return node.ask("CLUSTER", "GETKEYSINSLOT", slot, "1")
                .lines()
                .findFirst()
                .orElse("");
    }
}
