package io.openuptimes.store.audit;

import static io.openuptimes.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.AuditPage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.AuditMessage.RecordAudit;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.store.StoreTestBase;
import io.openuptimes.store.data.AuditCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.testing.SetClock;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditStoreTest extends StoreTestBase {

    private final SetClock clock = new SetClock(0);

    @Override
    protected Clock clock() {
        return clock;
    }

    private AuditEntry entry(String target, boolean failed) {
        return new AuditEntry(
                "",
                clock.millis(),
                failed ? "login" : "patchService",
                new AuditActor("key", "ou_1"),
                "192.0.2.7",
                target,
                Map.of("interval", 60),
                Map.of("interval", 30),
                Map.of(),
                failed);
    }

    private void record(String target, boolean failed) {
        ask(AuditMessage.RECORD_AUDIT, new RecordAudit(entry(target, failed)));
    }

    private AuditPage read(@Nullable String cursor, int limit) {
        return ask(
                AuditMessage.READ_AUDIT, new ReadAudit(0, Long.MAX_VALUE, null, null, null, null, null, cursor, limit));
    }

    private static long millis(AuditEntry entry) {
        return Objects.requireNonNull(EventId.parse(entry.id())).millis();
    }

    @Test
    void changes_and_failed_sign_ins_are_read_as_one_log_newest_first() {
        for (int i = 0; i < 6; i++) {
            record("t" + i, i % 2 == 0);
        }
        AuditPage first = read(null, 4);
        AuditPage second = read(first.cursor(), 4);
        assertThat(second.cursor()).isNull();
        List<AuditEntry> all = new ArrayList<>(first.entries());
        all.addAll(second.entries());
        assertThat(all).extracting(AuditEntry::target).containsExactlyInAnyOrder("t0", "t1", "t2", "t3", "t4", "t5");
        // entries of the same millisecond are unordered between the streams
        assertThat(all).extracting(AuditStoreTest::millis).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(all)
                .filteredOn(AuditEntry::failed)
                .extracting(AuditEntry::target)
                .containsExactly("t4", "t2", "t0");
        AuditEntry newest =
                all.stream().filter(entry -> !entry.failed()).findFirst().orElseThrow();
        assertThat(newest)
                .isEqualTo(new AuditEntry(
                        newest.id(),
                        newest.at(),
                        "patchService",
                        new AuditActor("key", "ou_1"),
                        "192.0.2.7",
                        "t5",
                        Map.of("interval", 60),
                        Map.of("interval", 30),
                        Map.of(),
                        false));
    }

    @Test
    void an_entry_is_gone_after_ninety_days() {
        long hour = 3_600_000;
        clock.step(-AuditStore.KEPT_MS);
        record("old", false);
        clock.step(AuditStore.KEPT_MS - hour);
        record("young", false);
        assertThat(read(null, 10).entries()).extracting(AuditEntry::target).containsExactly("young", "old");
        clock.step(2 * hour);
        assertThat(read(null, 10).entries()).extracting(AuditEntry::target).containsExactly("young");
    }

    @Test
    void an_entry_that_cannot_be_read_hides_no_other() {
        record("a", false);
        Redis redis = Redis.createClient(vertx, options);
        for (String text : List.of("{not json", "{\"at\":1700000000000,\"action\":7}", "{\"before\":[1]}")) {
            await(redis.send(Request.cmd(Command.XADD)
                    .arg(Keys.AUDIT)
                    .arg("*")
                    .arg(AuditCodec.FIELD)
                    .arg(text)));
        }
        record("b", false);
        assertThat(read(null, 10).entries()).extracting(AuditEntry::target).containsExactly("b", "a");
    }
}
