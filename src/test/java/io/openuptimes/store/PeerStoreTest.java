package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.OutcomeFilter;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.Unjudged;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers reached by failed checks: how they are stored, for how long, and at what cost. */
class PeerStoreTest extends StoreTestBase {

    /** Tomorrow's noon, since Redis expires keys by its own clock, and today may end during the test. */
    private static final long NOON = (Keys.day(System.currentTimeMillis()) + 1) * Keys.DAY_MS + Keys.DAY_MS / 2;

    private static final long DAY = Keys.day(NOON);

    private static final Peer ONE = new Peer("192.0.2.1:443", "HTTP/1.1", "TLSv1.3", null);
    private static final Peer OTHER = new Peer("192.0.2.2:443", null, "TLSv1.2", null);

    @TempDir
    private Path redisDir;

    private final ManualClock clock = new ManualClock(NOON);
    private @Nullable RestartableRedis redis;

    @Override
    RedisOptions emptyServers() throws Exception {
        RestartableRedis started = new RestartableRedis(redisDir);
        started.start();
        redis = started;
        return RedisClients.options(started.url(), null);
    }

    @AfterEach
    void stopRedis() throws Exception {
        if (redis != null) {
            redis.close();
        }
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    private Service create(Map<String, Object> more) {
        Map<String, Object> fields = new LinkedHashMap<>(more);
        fields.put("name", "a");
        fields.put("url", "http://localhost/");
        return ask(StoreMessage.CREATE_SERVICE, new CreateService(fields)).service();
    }

    private static CheckResult result(Service service, long at, Outcome outcome, @Nullable Peer peer) {
        boolean up = outcome == Outcome.UP;
        return new CheckResult(
                service.id(), at, outcome, up ? 200 : 0, 5, Phases.NONE, up ? "" : "late", null, null, peer);
    }

    private void record(Service service, long at, Outcome outcome, @Nullable Peer peer) {
        ask(StoreMessage.RECORD, new RecordResult(result(service, at, outcome, peer)));
    }

    private List<HistoryEntry> history(String id) {
        return ask(StoreMessage.READ_HISTORY, new ReadHistory(id, 0, Long.MAX_VALUE, 10_000, OutcomeFilter.ANY, true))
                .entries();
    }

    /** Newest first. */
    private List<@Nullable Peer> peers(Service service) {
        List<@Nullable Peer> peers = new ArrayList<>();
        history(service.id()).forEach(entry -> peers.add(entry.peer()));
        return peers;
    }

    private Response inRedis(Request command) {
        Redis client = Redis.createClient(vertx, options);
        try {
            return await(client.send(command));
        } finally {
            await(client.close());
        }
    }

    private long bytes(String key) {
        return inRedis(Request.cmd(Command.STRLEN).arg(key)).toLong();
    }

    private long memory(String key) {
        return inRedis(Request.cmd(Command.MEMORY).arg("USAGE").arg(key)).toLong();
    }

    private long expiry(String key) {
        return inRedis(Request.cmd(Command.PTTL).arg(key)).toLong() + System.currentTimeMillis();
    }

    @Test
    void eachFailureTellsWhichServerItReached() {
        Service service = create(Map.of());
        record(service, NOON, Outcome.UP, OTHER);
        record(service, NOON + 1, Outcome.TLS, ONE);
        record(service, NOON + 2, Outcome.TIMEOUT, ONE);
        record(service, NOON + 3, Outcome.CONNECT, null);
        record(service, NOON + 4, Outcome.TIMEOUT, OTHER);
        record(service, NOON + 5, Outcome.UP, OTHER);
        record(service, NOON + 6, Outcome.TIMEOUT, OTHER);

        assertThat(peers(service)).containsExactly(OTHER, null, OTHER, null, ONE, ONE, null);
    }

    @Test
    void theTransitionTellsItToo() {
        Service service = create(Map.of());
        record(service, NOON, Outcome.UP, ONE);
        record(service, NOON + 1, Outcome.TLS, ONE);
        record(service, NOON + 2, Outcome.UP, ONE);

        assertThat(ask(StoreMessage.READ_TRANSITIONS, new ReadTransitions(null, null, null, 10))
                        .transitions())
                .extracting(turned -> turned.transition().peer())
                .containsExactly(null, ONE, null);
    }

    @Test
    void aServiceThatIsUpTakesNothingMoreAndALongOutageAlmostNothing() {
        Service service = create(Map.of());
        for (int i = 0; i < 20; i++) {
            record(service, NOON + i, Outcome.UP, i % 2 == 0 ? ONE : OTHER);
        }
        assertThat(inRedis(Request.cmd(Command.EXISTS).arg(Keys.peers(service.id(), DAY)))
                        .toLong())
                .isZero();
        record(service, NOON + 20, Outcome.TIMEOUT, ONE);
        long once = bytes(Keys.peers(service.id(), DAY));
        for (int i = 0; i < 50; i++) {
            record(service, NOON + 21 + i, i % 5 == 0 ? Outcome.UP : Outcome.TIMEOUT, ONE);
        }

        assertThat(bytes(Keys.peers(service.id(), DAY))).isEqualTo(once).isLessThan(48);
    }

    @Test
    void theDayThatIsOverTakesNoMoreMemoryThanItNeeds() {
        clock.set(NOON - Keys.DAY_MS);
        Service service = create(Map.of());
        for (int i = 0; i < 50; i++) {
            record(service, NOON - Keys.DAY_MS + i, Outcome.TIMEOUT, i % 2 == 0 ? ONE : OTHER);
        }
        String yesterday = Keys.peers(service.id(), DAY - 1);
        long before = memory(yesterday);
        long bytes = bytes(yesterday);
        clock.set(NOON);
        record(service, NOON, Outcome.UP, ONE);

        assertThat(memory(yesterday)).isLessThan(before);
        assertThat(bytes(yesterday)).isEqualTo(bytes);
        assertThat(peers(service)).contains(ONE, OTHER);
    }

    @Test
    void serversThatFailInTurnAreNamedOnce() {
        Service service = create(Map.of());
        for (int i = 0; i < 200; i++) {
            record(service, NOON + i, Outcome.TIMEOUT, i % 3 == 0 ? null : i % 3 == 1 ? ONE : OTHER);
        }

        List<@Nullable Peer> peers = peers(service);
        for (int i = 0; i < 200; i++) {
            assertThat(peers.get(199 - i)).as("%d", i).isEqualTo(i % 3 == 0 ? null : i % 3 == 1 ? ONE : OTHER);
        }
        assertThat(bytes(Keys.peers(service.id(), DAY))).isLessThan(200 * 7 + 80);
    }

    @Test
    void theHistoryItselfIsByteForByteWhatOlderVersionsWrite() {
        Service with = create(Map.of());
        Service without = ask(
                        StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", "b", "url", "http://localhost/")))
                .service();
        for (int i = 0; i < 9; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.UP : Outcome.TIMEOUT;
            record(with, NOON + i, outcome, i % 2 == 0 ? ONE : OTHER);
            record(without, NOON + i, outcome, null);
        }

        assertThat(inRedis(Request.cmd(Command.GET).arg(Keys.history(with.id(), DAY)))
                        .toBytes())
                .isEqualTo(inRedis(Request.cmd(Command.GET).arg(Keys.history(without.id(), DAY)))
                        .toBytes());
        assertThat(inRedis(Request.cmd(Command.EXISTS).arg(Keys.peers(without.id(), DAY)))
                        .toLong())
                .isZero();
    }

    @Test
    void failuresFromBeforeAnUpgradeTellNoServer() {
        Service service = create(Map.of());
        record(service, NOON, Outcome.TIMEOUT, null); // as left by an older version
        record(service, NOON + 1, Outcome.TIMEOUT, ONE);

        assertThat(peers(service)).containsExactly(ONE, null);
    }

    @Test
    void eachDayHasItsOwnWhichExpiresAsTheDayDoes() {
        clock.set(NOON - Keys.DAY_MS);
        Service service = create(Map.of());
        record(service, NOON - Keys.DAY_MS, Outcome.TIMEOUT, ONE);
        clock.set(NOON);
        record(service, NOON, Outcome.TIMEOUT, ONE);
        record(service, NOON + 1, Outcome.TIMEOUT, OTHER);

        assertThat(peers(service)).containsExactly(OTHER, ONE, ONE);
        String today = Keys.peers(service.id(), DAY);
        assertThat(expiry(today)).isCloseTo((DAY + 2) * Keys.DAY_MS, within(60_000L));

        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(3 * 86_400));
        assertThat(expiry(today)).isCloseTo((DAY + 4) * Keys.DAY_MS, within(60_000L));
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        assertThat(inRedis(Request.cmd(Command.PTTL).arg(today)).toLong()).isEqualTo(-1);

        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());
        assertThat(inRedis(Request.cmd(Command.KEYS).arg("*:peers:*")).size()).isZero();
    }

    @Test
    void aDayThatIsFullTellsNoServerForTheRest() {
        Service service = create(Map.of());
        List<Peer> reached = IntStream.range(0, 600)
                .mapToObj(i -> new Peer("192.0.2.1:" + (40_000 + i), "HTTP/1.1", "TLSv1.3", null))
                .toList();
        for (int i = 0; i < reached.size(); i++) {
            record(service, NOON + i, Outcome.TIMEOUT, reached.get(i));
        }

        record(service, NOON + reached.size(), Outcome.TIMEOUT, ONE);
        List<@Nullable Peer> peers = peers(service).subList(1, reached.size() + 1);
        assertThat(peers.get(reached.size() - 1)).isEqualTo(reached.get(0));
        assertThat(peers.get(reached.size() - 300)).isEqualTo(reached.get(299));
        assertThat(peers.subList(0, 100)).containsOnlyNulls();
        assertThat(bytes(Keys.peers(service.id(), DAY))).isLessThan(17_000);
    }

    @Test
    void aLocationHasItsOwn() {
        Service service = create(Map.of("locations", List.of("eu", "us"), "quorum", 1));
        ask(
                StoreMessage.RECORD,
                new RecordResult(result(service, NOON, Outcome.TIMEOUT, ONE).from(Viewpoint.of(service, "eu", 60))));
        ask(
                StoreMessage.RECORD,
                new RecordResult(
                        result(service, NOON + 1, Outcome.TIMEOUT, OTHER).from(Viewpoint.of(service, "us", 60))));

        assertThat(history(Locations.idAt(service.id(), "eu")))
                .extracting(HistoryEntry::peer)
                .containsExactly(ONE);
        assertThat(history(Locations.idAt(service.id(), "us")))
                .extracting(HistoryEntry::peer)
                .containsExactly(OTHER);
        assertThat(peers(service)).containsExactly(OTHER, ONE);
    }

    @Test
    void resultsThatWaitWhileRedisIsAwayKeepIt() throws Exception {
        Service service = create(Map.of());
        RestartableRedis server = Objects.requireNonNull(redis);
        server.stop();
        List<CheckResult> waiting = IntStream.range(0, 300)
                .mapToObj(i ->
                        result(service, NOON + i, i % 3 == 0 ? Outcome.UP : Outcome.TIMEOUT, i % 2 == 0 ? ONE : OTHER))
                .toList();
        bus.send(StoreMessage.RECORD_ALL, Unjudged.results(waiting));
        server.start();

        eventually(() -> assertThat(history(service.id()).get(0).timestamp()).isEqualTo(NOON + 299));
        assertThat(history(service.id())).allSatisfy(entry -> {
            int i = (int) (entry.timestamp() - NOON);
            assertThat(entry.peer()).isEqualTo(i % 3 == 0 ? null : i % 2 == 0 ? ONE : OTHER);
        });
    }
}
