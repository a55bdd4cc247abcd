package io.openuptimes.store.embedded;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.store.embedded.ServerProgram.Origin;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server as a child process, for installations without a Redis of their own. It listens on a Unix socket or a
 * loopback port, with a random password, and keeps an append-only file in the data directory.
 *
 * <p>It ends with this process, however that ends. If it crashes, it is restarted at the same address. All methods
 * block.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);

    private static final int PORTS_TO_TRY = 5;
    private static final long RESTART_DELAY_MS = 500;

    private final DataDirectory directory;
    private final ServerProgram program;
    private final long maxMemory;
    private final String password = randomPassword();
    private EmbeddedAddress address;
    private volatile boolean closing;
    private volatile @Nullable ServerProcess process;

    private EmbeddedRedis(DataDirectory directory, ServerProgram program, EmbeddedAddress address, long maxMemory) {
        this.directory = directory;
        this.program = program;
        this.address = address;
        this.maxMemory = maxMemory;
    }

    /**
     * @param dataDir created if missing
     * @param server {@code auto}, {@code bundled} or the path of a program
     * @param maxMemory maximum size of the stored data, in bytes; 0 for no limit, null for a share of the machine's
     *     memory
     * @param tcp whether to listen on a port even if Unix sockets are available
     */
    public record Options(
            Path dataDir, String server, @Nullable Long maxMemory, boolean tcp) {

        /** Defaults for a data directory. */
        public static Options in(Path dataDir) {
            return new Options(dataDir, ServerChoice.AUTO, null, false);
        }

        public Options withServer(String other) {
            return new Options(dataDir, other, maxMemory, tcp);
        }

        public Options withMaxMemory(long bytes) {
            return new Options(dataDir, server, bytes, tcp);
        }

        public Options overTcp() {
            return new Options(dataDir, server, maxMemory, true);
        }
    }

    /** Starts the server with the defaults. */
    public static EmbeddedRedis start(Path dataDir) throws IOException, InvalidSettingsException {
        return start(Options.in(dataDir));
    }

    /**
     * Starts the server; it may still be loading its data when this returns.
     *
     * @throws DirectoryInUseException if another process uses the directory
     * @throws IOException if the directory cannot be used, no server that can read it is available, or the server does
     *     not start; the message is suitable for users
     * @throws InvalidSettingsException if {@code redis.server} does not name a suitable server
     */
    public static EmbeddedRedis start(Options options) throws IOException, InvalidSettingsException {
        Path dir = options.dataDir().toAbsolutePath().normalize();
        DataDirectory directory = DataDirectory.open(dir);
        try {
            directory.endOrphan();
            ServerProgram program = choose(dir, options.server());
            if (program.origin() == Origin.BUNDLED) {
                BundledServer.unpack(program);
            }
            Long chosen = options.maxMemory();
            EmbeddedRedis redis = new EmbeddedRedis(
                    directory,
                    program,
                    options.tcp() ? EmbeddedAddress.onFreePort() : EmbeddedAddress.in(dir),
                    chosen == null ? MemoryLimit.here() : chosen);
            StoredData.record(dir, program.version());
            redis.launchFirst();
            redis.say(options);
            return redis;
        } catch (IOException | InvalidSettingsException e) {
            directory.close();
            throw e;
        } catch (RuntimeException e) {
            directory.close();
            throw new IOException("The embedded Redis did not start: " + e, e);
        }
    }

    /**
     * Checks that a server could be started, without starting it or writing anything.
     *
     * @param server {@code auto}, {@code bundled} or the path of a program
     * @throws IOException if no available server can read the data
     * @throws InvalidSettingsException if {@code redis.server} does not name a suitable server
     */
    public static void check(Path dataDir, String server) throws IOException, InvalidSettingsException {
        choose(dataDir.toAbsolutePath().normalize(), server);
    }

    private static ServerProgram choose(Path dir, String server) throws IOException, InvalidSettingsException {
        return new ServerChoice(InstalledServers::find, BundledServer.forThisPlatform(dir.resolve("bin")))
                .choose(server, StoredData.in(dir));
    }

    /**
     * The URL of the server that another process runs on a data directory; empty if none was ever started there.
     *
     * @throws IOException if this user may not read it
     */
    public static Optional<String> runningUrl(Path dataDir) throws IOException {
        return ServerConfiguration.url(dataDir);
    }

    private void say(Options options) {
        log.info(
                "embedded Redis is {}, listens on {}, stores {} in {}",
                program,
                address,
                MemoryLimit.text(maxMemory),
                directory.path());
        if (!program.version().isMaintained()
                || (program.origin() == Origin.BUNDLED && options.server().equals(ServerChoice.AUTO))) {
            log.warn("{} lacks security fixes that distributions have. {}", program, InstallHint.text());
        }
    }

    /** The URL for clients, including the password: {@code unix://} or {@code redis://}. */
    public String url() {
        return address.url(password);
    }

    /** The listening address: a {@link java.net.UnixDomainSocketAddress} or a {@link java.net.InetSocketAddress}. */
    public SocketAddress address() {
        return address.socket();
    }

    /** Retries, because a port that was free may have been taken meanwhile. */
    private void launchFirst() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                launch();
                return;
            } catch (IOException e) {
                if (address.isUnix() || attempt == PORTS_TO_TRY) {
                    address.remove(directory.path());
                    throw e;
                }
                address = EmbeddedAddress.onFreePort();
            }
        }
    }

    private void launch() throws IOException {
        Path configuration = ServerConfiguration.write(directory, program.version(), address, password, maxMemory);
        ServerProcess started = ServerProcess.start(program.executable(), configuration, address, directory.path());
        process = started;
        started.onExit(code -> exited(started, code));
    }

    private void exited(ServerProcess ended, int code) {
        if (!closing && ended == process) {
            log.error(
                    "the embedded Redis exited with code {}; starting it again. Its own log is in the data directory",
                    code);
            relaunchAfter(RESTART_DELAY_MS);
        }
    }

    private void relaunchAfter(long delayMs) {
        CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS).execute(this::relaunch);
    }

    private synchronized void relaunch() {
        if (closing) {
            return;
        }
        try {
            launch();
            log.info("the embedded Redis runs again");
        } catch (IOException e) {
            log.error("cannot start the embedded Redis: {}; trying again", e.getMessage());
            relaunchAfter(RESTART_DELAY_MS * 4);
        }
    }

    /** Stops the server, which first saves its data, and unlocks the data directory. */
    @Override
    public synchronized void close() {
        closing = true;
        ServerProcess running = process;
        if (running != null) {
            running.stop();
        }
        address.remove(directory.path());
        directory.close();
    }

    private static String randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
