package io.openuptimes.store.backup;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.App;
import io.openuptimes.config.Version;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.testing.RedisCalls;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The format of the stored data after a restore. */
class RestoredFormatTest {

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private RestartableRedis server;
    private RedisCalls redis;
    private Link link;

    @BeforeEach
    void start() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = server.connect();
        Promise<Void> up = Promise.promise();
        link = new Links(
                        vertx,
                        RedisClients.options(server.url(), null),
                        Script.loads(),
                        DataIdentity.any(Keys.SETTINGS))
                .to("restore", () -> up.tryComplete(), () -> {});
        loop.runOnContext(start -> link.open());
        await(up.future());
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        await(vertx.close());
        server.close();
    }

    private Path backup(int format) throws Exception {
        Path file = dir.resolve("backup-" + format);
        BackupHeader header = new BackupHeader(BackupHeader.FORMAT, format, "1.2.3", 1_700_000_000_000L);
        try (BackupFileWriter writer = BackupFileWriter.begin(file, false, header)) {
            writer.finish();
        }
        return file;
    }

    private RestoreJob.Summary restore(Path file, boolean replace) {
        Promise<RestoreJob.Summary> done = Promise.promise();
        loop.runOnContext(start -> new RestoreJob(
                        vertx, link, KeyRing.none(), () -> Future.succeededFuture(List.of()), 1, Clock.systemUTC())
                .restore(file, replace, progress -> {})
                .onComplete(done));
        return await(done.future());
    }

    private String stored() throws Exception {
        return String.valueOf(redis.call("GET", Keys.FORMAT));
    }

    /** Data from before formats had numbers counts as of the first: every later version reads that. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1"})
    void theDataHasTheFormatOfTheBackup(int backup, String restored) throws Exception {
        restore(backup(backup), false);
        assertThat(stored()).isEqualTo(restored);
        assertThat(redis.call("EXISTS", Keys.RESTORING)).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void itReplacesTheFormatOfTheReplacedData(int backup) throws Exception {
        redis.call("SET", Keys.FORMAT, "1");
        redis.call("HSET", Keys.SETTINGS, "historyTtlDays", "3");
        restore(backup(backup), true);
        assertThat(stored()).isEqualTo("1");
    }

    @Test
    void aBackupOfANewerFormatIsRefusedAndNothingIsChanged() throws Exception {
        Path file = backup(2);
        assertThatThrownBy(() -> restore(file, true))
                .hasMessageContaining("holds data of format 2, written by version 1.2.3. This version ("
                        + Version.CURRENT + ") reads formats 0 to 1");
        assertThat(redis.call("DBSIZE")).isEqualTo(0L);
    }

    @Test
    void aStoreRaisedBeyondThisVersionIsNotReplaced() throws Exception {
        redis.call("SET", Keys.FORMAT, "2");
        Path file = backup(1);
        assertThatThrownBy(() -> restore(file, true)).hasMessageContaining("This store has format 2; this version");
        assertThat(stored()).isEqualTo("2");
        assertThat(redis.call("DBSIZE")).isEqualTo(1L);
    }
}
