package io.openuptimes.store.command;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.store.command.StoreAccess.Server;
import io.openuptimes.store.embedded.DirectoryInUseException;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the data for the given settings currently is.
 *
 * @param started the server that was started for this command; null if one was running
 */
record StorePlace(
        Server server, RedisOptions options, @Nullable EmbeddedRedis started) {

    /**
     * Finds the server; starts the embedded one if no process uses its data directory. Blocks.
     *
     * @throws IOException if there is no server and none can be started; the message says what to do
     * @throws InvalidSettingsException if {@code redis.server} does not name a suitable server
     */
    static StorePlace find(Settings settings, Missing missing) throws IOException, InvalidSettingsException {
        if (!settings.redis().urls().isEmpty()) {
            return new StorePlace(Server.EXTERNAL, RedisClients.options(settings.redis()), null);
        }
        Path dir = Path.of(settings.redis().dataDir()).toAbsolutePath().normalize();
        Path lock = dir.resolve("lock");
        if (missing == Missing.REFUSE && !Files.exists(lock)) {
            throw new IOException("No service has used the data directory " + dir
                    + ". Set OPENUPTIMES_DATA_DIR or OPENUPTIMES_REDIS_URL to what the service uses.");
        }
        refuseForeign(dir, lock);
        Settings.EmbeddedRedis embedded = settings.embeddedRedis();
        try {
            EmbeddedRedis started =
                    EmbeddedRedis.start(new EmbeddedRedis.Options(dir, embedded.server(), embedded.maxMemory(), false));
            return new StorePlace(Server.STARTED, RedisClients.options(started.url(), null), started);
        } catch (DirectoryInUseException e) {
            String url = EmbeddedRedis.runningUrl(dir).orElseThrow(() -> e);
            return new StorePlace(Server.RUNNING, RedisClients.options(url, null), null);
        }
    }

    /** Prevents root from creating files that would keep the service from starting. */
    private static void refuseForeign(Path dir, Path lock) throws IOException {
        Path known = Files.exists(lock) ? lock : dir;
        if (!System.getProperty("user.name", "").equals("root") || !Files.exists(known)) {
            return;
        }
        String owner = Files.getOwner(known).getName();
        if (!owner.equals("root")) {
            throw new IOException("The data directory " + dir + " belongs to the user " + owner
                    + ". Run this command as that user, not as root.");
        }
    }

    /**
     * The failure for a command whose wait for the server has timed out; a starting or stopping service can cause it.
     */
    IOException unreachable() {
        return switch (server) {
            case EXTERNAL -> new IOException("Redis cannot be reached. Check redis.url (OPENUPTIMES_REDIS_URL).");
            case RUNNING ->
                new DirectoryInUseException(
                        "The embedded Redis of the running service cannot be reached. See redis.log in the data directory.");
            case STARTED ->
                new IOException("The embedded Redis does not load its data. See redis.log in the data directory.");
        };
    }
}
