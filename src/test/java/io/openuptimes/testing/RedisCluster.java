package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of three masters with one replica each. Its node timeout is long, so that a busy machine causes no
 * failover; see {@link #noticeSoon}.
 */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisProgram> nodes = new ArrayList<>();
    private final @Nullable RedisTls tls;

    private RedisCluster(@Nullable RedisTls tls) {
        this.tls = tls;
    }

    /** Starts a cluster without passwords; skips the test if {@code redis-server} is not installed. */
    public static RedisCluster start(Path dir, String... settings) throws Exception {
        return start(dir, null, List.of(settings), List.of());
    }

    /**
     * The same with optional TLS.
     *
     * @param settings additional configuration lines
     * @param clientOptions options for a {@code redis-cli} with full access
     */
    public static RedisCluster start(
            Path dir, @Nullable RedisTls tls, List<String> settings, List<String> clientOptions) throws Exception {
        RedisProgram.assumeInstalled();
        RedisCluster cluster = new RedisCluster(tls);
        try {
            cluster.startNodes(dir, settings, clientOptions);
            cluster.meet();
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(Path dir, List<String> settings, List<String> clientOptions) throws Exception {
        int[] ports = FreePorts.some(4 * MASTERS);
        for (int i = 0; i < 2 * MASTERS; i++) {
            List<String> all = new ArrayList<>(tls == null ? List.of("port " + ports[i]) : tls.settings(ports[i]));
            all.addAll(List.of(
                    "cluster-enabled yes",
                    "cluster-port " + ports[2 * MASTERS + i],
                    "cluster-node-timeout 30000",
                    "cluster-replica-validity-factor 0",
                    "repl-diskless-sync-delay 0"));
            if (tls != null) {
                all.add("tls-cluster yes");
            }
            all.addAll(settings);
            nodes.add(RedisProgram.start(
                    dir.resolve("node-" + i), ports[i], all, RedisProgram.clientOptions(tls, clientOptions)));
        }
    }

    private void meet() throws Exception {
        List<String> ids = new ArrayList<>();
        for (RedisProgram node : nodes) {
            ids.add(node.ask("CLUSTER", "MYID"));
        }
        for (int i = 0; i < MASTERS; i++) {
            nodes.get(i)
                    .tell(
                            "CLUSTER",
                            "ADDSLOTSRANGE",
                            String.valueOf(i * SLOTS / MASTERS),
                            String.valueOf((i + 1) * SLOTS / MASTERS - 1));
            nodes.get(i).tell("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
        }
        String bus = nodes.get(0).ask("CONFIG", "GET", "cluster-port").lines().reduce("", (a, b) -> b);
        for (RedisProgram node : nodes.subList(1, nodes.size())) {
            node.tell(
                    "CLUSTER", "MEET", "127.0.0.1", String.valueOf(nodes.get(0).port()), bus);
        }
        for (int i = MASTERS; i < nodes.size(); i++) {
            RedisProgram replica = nodes.get(i);
            String master = ids.get(i - MASTERS);
            Eventually.eventually(() -> replica.tell("CLUSTER", "REPLICATE", master));
        }
        Eventually.eventually(this::checkHealth);
    }

    /** Every running node sees all slots covered, and the replicas are in sync with their masters. */
    public void checkHealth() throws IOException {
        for (RedisProgram node : running()) {
            assertThat(node.ask("CLUSTER", "INFO")).contains("cluster_state:ok", "cluster_slots_ok:" + SLOTS);
            String replication = node.ask("INFO", "replication");
            assertThat(replication.contains("role:master") || replication.contains("master_link_status:up"))
                    .isTrue();
            assertThat(node.ask("CLUSTER", "NODES").lines().count()).isEqualTo(nodes.size());
        }
        long replicas = running().stream().filter(node -> !isMaster(node)).count();
        assertThat(node0().ask("CLUSTER", "SLOTS")
                        .lines()
                        .filter(line -> line.length() == 40)
                        .distinct())
                .hasSize((int) (MASTERS + replicas));
    }

    private RedisProgram node0() {
        return running().get(0);
    }

    private List<RedisProgram> running() {
        return nodes.stream().filter(RedisProgram::isRunning).toList();
    }

    private static boolean isMaster(RedisProgram node) {
        try {
            return node.ask("ROLE").startsWith("master");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lowers the node timeout, so that failures are detected within a second or two. */
    public void noticeSoon() throws IOException {
        for (RedisProgram node : running()) {
            node.tell("CONFIG", "SET", "cluster-node-timeout", "1500");
        }
    }

    /** URLs of some nodes, as used in the settings. */
    public List<String> urls(String userInfo) {
        return nodes.stream()
                .map(node -> (tls == null ? "redis://" : "rediss://") + userInfo + "127.0.0.1:" + node.port())
                .toList();
    }

    /** The nodes that own slots or could own some. */
    public List<RedisProgram> masters() {
        return running().stream().filter(RedisCluster::isMaster).collect(Collectors.toList());
    }

    /** The master of a key, according to a running master. */
    public RedisProgram masterOf(String key) throws IOException {
        int slot = slot(key);
        String owner = nodesOf(slot);
        return nodes.stream()
                .filter(node -> owner.contains(":" + node.port() + "@"))
                .findFirst()
                .orElseThrow();
    }

    private String nodesOf(int slot) throws IOException {
        return node0().ask("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("master") && !line.contains("fail") && has(line, slot))
                .findFirst()
                .orElseThrow();
    }

    private static boolean has(String line, int slot) {
        return Arrays.stream(line.split(" ", -1))
                .skip(8)
                .filter(range -> !range.startsWith("["))
                .anyMatch(range -> {
                    String[] ends = range.split("-", -1);
                    return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    public int slot(String key) throws IOException {
        return Integer.parseInt(node0().ask("CLUSTER", "KEYSLOT", key));
    }

    /** The running replica of a master. */
    public RedisProgram replicaOf(RedisProgram master) throws IOException {
        String id = master.ask("CLUSTER", "MYID");
        String line = master.ask("CLUSTER", "NODES")
                .lines()
                .filter(node -> node.contains("slave " + id) && !node.contains("fail"))
                .findFirst()
                .orElseThrow();
        return nodes.stream()
                .filter(node -> line.contains(":" + node.port() + "@"))
                .findFirst()
                .orElseThrow();
    }

    /** Deletes all data. */
    public void flush() throws IOException {
        for (RedisProgram master : masters()) {
            master.tell("FLUSHALL");
        }
    }

    @Override
    public void close() {
        nodes.forEach(RedisProgram::close);
    }
}
