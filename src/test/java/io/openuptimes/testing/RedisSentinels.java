package io.openuptimes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A master with two replicas, and three sentinels. Their down-after time is long, so that a busy machine causes no
 * failover; see {@link #noticeSoon}.
 */
public final class RedisSentinels implements AutoCloseable {

    public static final String MASTER = "uptimes";

    private static final int SERVERS = 3;
    private static final int SENTINELS = 3;

    private final List<RedisProgram> servers = new ArrayList<>();
    private final List<RedisProgram> sentinels = new ArrayList<>();

    private final @Nullable RedisTls tls;

    private RedisSentinels(@Nullable RedisTls tls) {
        this.tls = tls;
    }

    /**
     * Starts them; skips the test if {@code redis-server} is not installed.
     *
     * @param password of the servers
     * @param sentinelPassword of the sentinels
     */
    public static RedisSentinels start(Path dir, String password, String sentinelPassword) throws Exception {
        return start(dir, null, password, sentinelPassword, List.of(), List.of());
    }

    /**
     * The same with optional TLS and additional configuration lines for servers and sentinels.
     */
    public static RedisSentinels start(
            Path dir,
            @Nullable RedisTls tls,
            String password,
            String sentinelPassword,
            List<String> settings,
            List<String> sentinelSettings)
            throws Exception {
        RedisProgram.assumeInstalled();
        RedisSentinels all = new RedisSentinels(tls);
        try {
            all.startAll(dir, password, sentinelPassword, settings, sentinelSettings);
            return all;
        } catch (Exception | AssertionError e) {
            all.close();
            throw e;
        }
    }

    private void startAll(
            Path dir, String password, String sentinelPassword, List<String> more, List<String> sentinelsMore)
            throws Exception {
        int[] ports = FreePorts.some(SERVERS + SENTINELS);
        for (int i = 0; i < SERVERS; i++) {
            List<String> settings = port(ports[i]);
            settings.addAll(List.of(
                    "requirepass " + password,
                    "masterauth " + password,
                    "databases 100",
                    "repl-diskless-sync-delay 0"));
            settings.addAll(more);
            if (i > 0) {
                settings.add("replicaof 127.0.0.1 " + ports[0]);
            }
            servers.add(RedisProgram.start(dir.resolve("server-" + i), ports[i], settings, clientOptions(password)));
        }
        Eventually.eventually(
                () -> assertThat(servers.get(0).ask("INFO", "replication")).contains("connected_slaves:2"));
        for (int i = 0; i < SENTINELS; i++) {
            int port = ports[SERVERS + i];
            List<String> settings = port(port);
            settings.addAll(List.of(
                    "requirepass " + sentinelPassword,
                    "sentinel sentinel-pass " + sentinelPassword,
                    "sentinel monitor " + MASTER + " 127.0.0.1 " + ports[0] + " 2",
                    "sentinel auth-pass " + MASTER + " " + password,
                    "sentinel down-after-milliseconds " + MASTER + " 60000",
                    "sentinel failover-timeout " + MASTER + " 5000"));
            settings.addAll(sentinelsMore);
            sentinels.add(RedisProgram.start(
                    dir.resolve("sentinel-" + i), port, settings, clientOptions(sentinelPassword), "--sentinel"));
        }
        Eventually.eventually(this::checkHealth);
    }

    private List<String> port(int port) {
        return new ArrayList<>(tls == null ? List.of("port " + port) : tls.settings(port));
    }

    private List<String> clientOptions(String password) {
        return RedisProgram.clientOptions(tls, List.of("-a", password));
    }

    /** All sentinels know each other and the running replicas. */
    public void checkHealth() throws IOException {
        for (RedisProgram sentinel : sentinels) {
            String master = sentinel.ask("SENTINEL", "MASTER", MASTER);
            assertThat(value(master, "flags")).isEqualTo("master");
            assertThat(value(master, "num-other-sentinels")).isEqualTo(String.valueOf(SENTINELS - 1));
            assertThat(value(master, "num-slaves")).isEqualTo(String.valueOf(SERVERS - 1));
        }
    }

    private static String value(String pairs, String name) {
        List<String> lines = pairs.lines().toList();
        return lines.get(lines.indexOf(name) + 1);
    }

    /** Lowers the down-after time, so that a failed master is detected within a second or two. */
    public void noticeSoon() throws IOException {
        for (RedisProgram sentinel : sentinels) {
            sentinel.tell("SENTINEL", "SET", MASTER, "down-after-milliseconds", "1500");
        }
    }

    /** URLs of the sentinels, as used in the settings. */
    public List<String> urls(String userInfo, int database) {
        return sentinels.stream()
                .map(sentinel -> (tls == null ? "redis://" : "rediss://") + userInfo + "127.0.0.1:" + sentinel.port()
                        + "/" + database)
                .toList();
    }

    /** The master according to the sentinels. */
    public RedisProgram master() throws IOException {
        String port = sentinels
                .get(0)
                .ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER)
                .lines()
                .toList()
                .get(1);
        return servers.stream()
                .filter(server -> String.valueOf(server.port()).equals(port))
                .findFirst()
                .orElseThrow();
    }

    /** Forces a failover, whether or not the master is running. */
    public void failover() throws Exception {
        RedisProgram before = master();
        Eventually.eventually(() -> sentinels.get(0).tell("SENTINEL", "FAILOVER", MASTER));
        Eventually.eventually(() -> assertThat(master().port()).isNotEqualTo(before.port()));
    }

    /** The running servers. */
    public List<RedisProgram> servers() {
        return servers.stream().filter(RedisProgram::isRunning).toList();
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProgram::close);
        servers.forEach(RedisProgram::close);
    }
}
