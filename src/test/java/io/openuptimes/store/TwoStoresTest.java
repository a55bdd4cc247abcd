package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.Service;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one server; and the leftovers of nodes that died or are late. */
class TwoStoresTest extends TwoStoresContract {

    /** The command that commits a change: its last key is a note, its last argument a time. */
    private static final Pattern COMMIT = Pattern.compile(":change:[-0-9a-f]{36}\r\n(.*\r\n)*\\$13\r\n[0-9]{13}\r\n");

    /** The script that writes services. */
    private static final Pattern DOES = Pattern.compile("evalsha.*:services", Pattern.DOTALL);

    @TempDir
    private Path dir;

    private RestartableRedis redis;
    private CutProxy line;

    @Override
    RedisOptions emptyServers() throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
        line = CutProxy.to(URI.create(redis.url()).getPort());
        return RedisClients.options(redis.url(), null);
    }

    @Override
    RedisOptions ofTheOther() {
        int port = URI.create(redis.url()).getPort();
        return RedisClients.options(redis.url().replace(":" + port, ":" + line.port()), null);
    }

    @Override
    void stopServers() throws Exception {
        line.close();
        redis.close();
    }

    /** The leftovers of a node that died after writing its journal and before applying it. */
    @Test
    void whatANodeThatIsGoneHasBegunOthersFinishBeforeTheyChangeAnything() throws Exception {
        await(b.ask(BulkMessage.APPLY_BULK, new ApplyBulk(drafts(0, 5_000), null, false)));
        // the journal is committed and partially applied
        line.before(COMMIT, () -> line.before(DOES, () -> line.before(DOES, line::cut)));
        Future<Integer> cut = b.patchAll(Map.of("timeout", 1_234)).map(DONE).otherwise(Failures::codeOf);
        assertThat(await(cut)).as("it counts already").isEqualTo(DONE);

        List<Future<Integer>> patched = new ArrayList<>();
        for (int i = 0; i < 5_000; i += 500) {
            patched.add(a.patch("s" + i, Map.of("interval", 77)));
        }

        assertThat(patched.stream().map(answer -> await(answer)).toList()).containsOnly(DONE);
        for (Service service : a.all()) {
            assertThat(service.timeout()).isEqualTo(1_234);
            if (Integer.parseInt(service.name().substring(1)) % 500 == 0) {
                assertThat(service.interval()).isEqualTo(77);
            }
        }
        line.mend();
        eventually(
                () -> assertThat(await(b.patch("s1", Map.of("timeout", 550)))).isEqualTo(DONE));
        assertWhole();
    }

    /** A delayed command of a node that stalled, after all others have moved on. */
    @Test
    void whatComesLateChangesNothing() throws Exception {
        a.create("s");
        String id = a.only().id();
        int partition = Keys.partition(id);
        String late = "5 another-run";
        Request put = Script.PUT_SERVICES
                .call(3)
                .arg(Keys.services(partition))
                .arg(Keys.status(partition))
                .arg(Keys.closed(partition))
                .arg(late)
                .arg(StatusCodec.UNCHECKED)
                .arg(id)
                .arg("{}");
        assertThat(await(beside.send(put).map("").otherwise(Throwable::getMessage)))
                .contains("HELD");
        Request journal = Script.JOURNAL.call(5);
        for (String key : List.of(
                Keys.CHANGES_HELD,
                Keys.BULK_CHUNKS,
                Keys.BULK_COMMITTED,
                Keys.BULK_CHUNKS_ASIDE,
                Keys.BULK_COMMITTED_ASIDE)) {
            journal.arg(key);
        }
        assertThat(await(beside.send(journal.arg(late).arg("commit").arg(1))
                        .map("")
                        .otherwise(Throwable::getMessage)))
                .contains("HELD");

        // its mark alone, which no other node would remove
        await(beside.send(
                Script.CLOSE_SLOT.call(1).arg(Keys.closed(partition)).arg(late).arg(1)));
        assertThat(await(b.patch("s", Map.of("timeout", 999)))).isEqualTo(DONE);
        assertThat(a.only().timeout()).isEqualTo(999);
        assertWhole();
    }
}
