package io.openuptimes.store.audit;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.Turns;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An actor's share of the audit log on two nodes, with a limit of 3 entries per actor once 100 of 200 are used, and 100
 * failed sign-ins.
 */
class AuditShareTest {

    private static final AuditStore.Limits LIMITS = new AuditStore.Limits(200, 3, 100);
    private static final AuditActor BUSY = new AuditActor("key", "ou_busy");
    private static final AuditActor OTHER = new AuditActor("key", "ou_other");
    /** Redis trims streams by whole nodes. */
    private static final int STREAM_NODE = 100;

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<AuditStore> nodes = new ArrayList<>();
    private EmbeddedRedis server;
    private Redis redis;

    @BeforeEach
    void start() throws Exception {
        // an actor has one running entry per hour, by Redis' clock
        Turns.awayFromTheNext(Turns.HOUR, Duration.ofSeconds(40));
        server = EmbeddedRedis.start(EmbeddedRedis.Options.in(dir));
        var options = RedisClients.options(server.url(), null);
        redis = Redis.createClient(vertx, options);
        for (int i = 0; i < 2; i++) {
            Link link = new Links(vertx, options, Script.loads(), new DataIdentity(Keys.SETTINGS))
                    .to("test", () -> {}, () -> {});
            loop.runOnContext(run -> link.open());
            eventually(() -> assertThat(link.isUp()).isTrue());
            nodes.add(new AuditStore(link, LIMITS, Clock.systemUTC(), metrics));
        }
    }

    @AfterEach
    void stop() {
        await(vertx.close());
        server.close();
    }

    private <T> T onLoop(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(run -> work.get().onComplete(done));
        return await(done.future());
    }

    private static AuditEntry entry(AuditActor actor, String action, @Nullable String target, boolean failed) {
        return new AuditEntry(
                "",
                System.currentTimeMillis(),
                action,
                actor,
                "192.0.2.7",
                target,
                Map.of("interval", 60),
                Map.of("interval", 30),
                Map.of(),
                failed);
    }

    /** Alternates between the nodes. */
    private void record(int times, AuditEntry entry) {
        onLoop(() -> Future.all(IntStream.range(0, times)
                .mapToObj(i -> nodes.get(i % nodes.size()).record(entry))
                .toList()));
    }

    /** Uses many actors, so that the limit per actor applies from now on. */
    private void fillHalf() {
        for (int i = 0; i < LIMITS.changes() / 2; i++) {
            record(1, entry(new AuditActor("key", "ou_" + i), "createKey", "another", false));
        }
    }

    private List<AuditEntry> ofBusy() {
        return read(null).stream().filter(entry -> entry.actor().equals(BUSY)).toList();
    }

    private List<AuditEntry> read(@Nullable Boolean failed) {
        return onLoop(() -> nodes.get(0)
                        .read(new ReadAudit(0, Long.MAX_VALUE, null, null, null, null, failed, null, 1_000)))
                .entries();
    }

    private Response call(Command command, String... arguments) {
        Request request = Request.cmd(command);
        List.of(arguments).forEach(request::arg);
        return await(redis.send(request));
    }

    private double folded() {
        return metrics.get("openuptimes.audit.folded").counter().count();
    }

    @Test
    void aBusyActorPushesOutNobodyAndItsFirstEntriesStay() {
        record(1, entry(OTHER, "revokeKey", "ou_1", false));
        record(1, entry(BUSY, "deleteService", "Shop", false));
        record(600, entry(BUSY, "patchService", "Blog", false));
        record(400, entry(BUSY, "createService", "Blog", false));

        List<AuditEntry> entries = read(null);

        assertThat(entries).hasSize(LIMITS.changes() / 2 + 1);
        assertThat(entries.subList(entries.size() - 3, entries.size()))
                .extracting(AuditEntry::action)
                .containsExactly("patchService", "deleteService", "revokeKey");
        AuditEntry running = entries.get(0);
        assertThat(running.action()).isEqualTo(AuditEntry.FOLDED);
        assertThat(running.actor()).isEqualTo(BUSY);
        assertThat(running.target()).isNull();
        assertThat(running.before()).isEmpty();
        assertThat(List.copyOf(running.counts().entrySet()))
                .isEqualTo(List.of(Map.entry("patchService", 502), Map.entry("createService", 400)));
        assertThat(folded()).isEqualTo(902);
    }

    @Test
    void aLogThatIsNotHalfFullHasAnEntryForEachRequest() {
        record(LIMITS.changes() / 2, entry(BUSY, "patchService", "Blog", false));

        assertThat(read(null)).hasSize(LIMITS.changes() / 2).noneMatch(entry -> entry.action()
                .equals(AuditEntry.FOLDED));
    }

    @Test
    void eachHourHasItsRunningEntry() {
        fillHalf();
        record(5, entry(BUSY, "patchService", "Blog", false));
        record(1, entry(BUSY, "createKey", "Blog", false));
        call(Command.HINCRBY, Keys.auditActor(BUSY), "hour", "-1"); // as if an hour had passed

        record(2, entry(BUSY, "patchService", "Blog", false));

        assertThat(read(null).stream()
                        .filter(entry -> entry.action().equals(AuditEntry.FOLDED))
                        .map(AuditEntry::counts))
                .containsExactly(Map.of("patchService", 2), Map.of("patchService", 2, "createKey", 1));
    }

    @Test
    void entriesCountForNinetyDays() {
        fillHalf();
        record(4, entry(BUSY, "patchService", "Blog", false));
        long today = TimeUnit.MILLISECONDS.toDays(System.currentTimeMillis());
        call(Command.HDEL, Keys.auditActor(BUSY), "d" + today, "d" + (today + 1));
        call(Command.HSET, Keys.auditActor(BUSY), "d" + (today - 80), "1", "d" + (today - 91), "2");

        record(3, entry(BUSY, "deleteService", "Blog", false));

        assertThat(ofBusy())
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditEntry.FOLDED,
                        "deleteService",
                        "deleteService",
                        "patchService",
                        "patchService",
                        "patchService");
        assertThat(call(Command.HGETALL, Keys.auditActor(BUSY)).getKeys()).doesNotContain("d" + (today - 91));
        assertThat(call(Command.PTTL, Keys.auditActor(BUSY)).toLong())
                .isBetween(TimeUnit.DAYS.toMillis(90), TimeUnit.DAYS.toMillis(91));
    }

    @Test
    void failedSignInsHaveTheirOwnBoundAndCountForNobody() {
        record(1, entry(OTHER, "revokeKey", "ou_1", false));
        record(600, entry(BUSY, "login", null, true));
        record(3, entry(BUSY, "patchService", "Blog", false));

        assertThat(read(true)).hasSizeBetween(LIMITS.failed(), LIMITS.failed() + STREAM_NODE);
        assertThat(read(false))
                .extracting(AuditEntry::action)
                .containsExactly("patchService", "patchService", "patchService", "revokeKey");
    }

    @Test
    void manyActorsTogetherKeepToTheWhole() {
        for (int i = 0; i < 200; i++) {
            record(3, entry(new AuditActor("key", "ou_" + i), "patchService", "Blog", false));
        }

        assertThat(read(false)).hasSizeBetween(LIMITS.changes(), LIMITS.changes() + STREAM_NODE);
    }
}
