package io.openuptimes.store.embedded;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.openuptimes.store.embedded.EmbeddedRedis.Options;
import io.openuptimes.testing.RedisCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each test uses a real server. */
class EmbeddedRedisTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.openuptimes.store.embedded");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path dir;

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
        LOGGER.setLevel(null);
    }

    private List<String> logged() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static RedisCalls connect(EmbeddedRedis redis) throws IOException {
        RedisCalls calls = RedisCalls.to(redis.address());
        calls.call("AUTH", redis.url().replaceAll(".*(?:password=|//:)([0-9a-f]+).*", "$1"));
        return calls;
    }

    private static String configured(RedisCalls calls, String name) throws IOException {
        return (String) ((List<?>) calls.call("CONFIG", "GET", name)).get(1);
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(Files.readString(data.resolve("redis.pid")).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void listens_on_a_unix_socket_that_is_its_users_alone_and_on_no_port(String server) throws Exception {
        Path data = dir.resolve("a directory with \"quotes\" and ä % # ?");
        try (EmbeddedRedis redis = EmbeddedRedis.start(Options.in(data).withServer(server));
                RedisCalls calls = connect(redis)) {
            assertThat(redis.address()).isEqualTo(UnixDomainSocketAddress.of(data.resolve("redis.sock")));
            assertThat(redis.url()).startsWith("unix://");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("redis.sock"))))
                    .isEqualTo("rwx------");
            assertThat(configured(calls, "port")).isEqualTo("0");
        }
        assertThat(data.resolve("redis.sock")).doesNotExist();
    }

    @Test
    void a_path_that_is_too_long_for_a_socket_gets_it_in_a_temporary_directory() throws Exception {
        Path data = dir.resolve("d".repeat(120));
        Path socket;
        try (EmbeddedRedis redis = EmbeddedRedis.start(data);
                RedisCalls calls = connect(redis)) {
            socket = ((UnixDomainSocketAddress) redis.address()).getPath();
            assertThat(calls.call("PING")).isEqualTo("PONG");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void a_port_asks_for_the_password_and_bounds_what_a_stranger_costs() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(Options.in(dir).overTcp());
                RedisCalls calls = connect(redis);
                SocketChannel stranger = SocketChannel.open(redis.address())) {
            InetSocketAddress address = (InetSocketAddress) redis.address();
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            try (RedisCalls other = RedisCalls.to(address.getPort())) {
                assertThatThrownBy(() -> other.call("KEYS", "*")).hasMessageStartingWith("NOAUTH");
            }

            // until it is stopped, never reading a reply
            ByteBuffer pings = ByteBuffer.wrap("PING\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> {
                        while (true) {
                            stranger.write(pings.rewind());
                        }
                    })
                    .isInstanceOf(IOException.class);

            assertThat(calls.call("PING")).isEqualTo("PONG");
            String peak = ((String) calls.call("INFO", "memory"))
                    .lines()
                    .filter(line -> line.startsWith("used_memory_peak:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Long.parseLong(peak.substring(17))).isLessThan(600L << 20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void files_are_private_whatever_the_directory_and_its_files_were(String server) throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String before :
                List.of("lock", "owner", "redis.log", "redis.conf", "redis.pid", "secret.key", "secret.key.new")) {
            Files.setPosixFilePermissions(
                    Files.writeString(dir.resolve(before), ""), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        Path foreign = Files.setPosixFilePermissions(
                Files.writeString(dir.resolve("notes.txt"), ""), PosixFilePermissions.fromString("rw-r--r--"));
        try (EmbeddedRedis redis = EmbeddedRedis.start(Options.in(dir).withServer(server));
                RedisCalls calls = connect(redis)) {
            calls.call("SET", "a", "1");
            calls.call("BGREWRITEAOF");
            eventually(() -> assertThat((String) calls.call("INFO", "persistence"))
                    .contains("aof_rewrite_in_progress:0", "aof_rewrite_scheduled:0"));
            try (Stream<Path> files = Files.walk(dir)) {
                assertThat(files.filter(file -> !file.equals(dir) && !file.equals(foreign)))
                        .hasSizeGreaterThan(8)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .endsWith("------"));
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(foreign)))
                .isEqualTo("rw-r--r--");
        assertThat(logged()).anyMatch(line -> line.contains("other users can look into the data directory " + dir));
    }

    @Test
    void a_directory_that_it_makes_is_private() throws Exception {
        Path data = dir.resolve("data");
        EmbeddedRedis.start(data).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(logged()).noneMatch(line -> line.contains("other users"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void takes_no_more_memory_than_it_may(String server) throws Exception {
        try (EmbeddedRedis redis =
                        EmbeddedRedis.start(Options.in(dir).withServer(server).withMaxMemory(4L << 20));
                RedisCalls calls = connect(redis)) {
            assertThat(configured(calls, "maxmemory-policy")).isEqualTo("noeviction");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            calls.call("SET", "key" + i, "x".repeat(10_000));
                        }
                    })
                    .hasMessageStartingWith("OOM");
            assertThat(logged()).anyMatch(line -> line.contains("stores up to 4 MiB"));
        }
    }

    @Test
    void leaves_the_process_room_if_nothing_is_said() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(dir);
                RedisCalls calls = connect(redis)) {
            assertThat(configured(calls, "maxmemory")).isEqualTo(String.valueOf(MemoryLimit.here()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "bundled"})
    void comes_back_at_the_same_address_with_its_data_when_it_was_killed(String server) throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(Options.in(dir).withServer(server))) {
            try (RedisCalls calls = connect(redis)) {
                calls.call("SET", "a", "1");
                eventually(() ->
                        assertThat((String) calls.call("INFO", "persistence")).contains("aof_pending_bio_fsync:0"));
                ProcessHandle.of(pid(dir)).orElseThrow().destroyForcibly();
            }
            eventually(() -> {
                try (RedisCalls calls = connect(redis)) {
                    assertThat(calls.call("GET", "a")).isEqualTo("1");
                }
            });
        }
    }

    @Test
    void newer_files_are_left_alone() throws Exception {
        EmbeddedRedis.start(dir).close();
        StoredData.record(dir, ServerVersionTest.of("Valkey 99.1.0"));
        Path manifest = dir.resolve("appendonlydir/appendonly.aof.manifest");
        String before = Files.readString(manifest);

        assertThatThrownBy(() -> EmbeddedRedis.start(dir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("written by Valkey 99.1.0")
                .hasMessageContaining("Install Valkey 99.1.0 or newer");

        assertThat(Files.readString(manifest)).isEqualTo(before);
        assertThat(Files.readString(dir.resolve("redis.version"))).isEqualTo("Valkey 99.1.0\n");
    }

    @Test
    void the_log_says_which_server_runs_and_what_would_be_better() throws Exception {
        boolean installed = InstalledServers.find().stream()
                .anyMatch(program -> program.version().isMaintained());
        EmbeddedRedis.start(dir).close();

        assertThat(logged()).anyMatch(line -> line.startsWith("embedded Redis is ") && line.contains("listens on"));
        assertThat(logged().stream().anyMatch(line -> line.contains("lacks security fixes")))
                .isEqualTo(!installed);
    }
}
