package io.openuptimes.store.results;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.CertificatesChanged;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.StoreTestBase;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Unjudged;
import io.openuptimes.web.Samples;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A service's last certificate is stored with it, and written when it changes. */
class CertificateStoreTest extends StoreTestBase {

    private static final ServerCertificate OLD = Samples.certificate(1_000, 2_000);
    private static final ServerCertificate NEW = Samples.certificate(2_000, 3_000);

    private final ManualClock clock = new ManualClock(System.currentTimeMillis());
    private final BlockingQueue<SeenCertificate> told = new LinkedBlockingQueue<>();

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void listen(Bus bus) {
        bus.listen(EventMessage.CERTIFICATES, event -> told.addAll(event.seen()));
    }

    private Service create(String... locations) {
        Map<String, Object> fields =
                Map.of("name", "a", "url", "https://localhost/", "locations", List.of(locations), "paused", true);
        return ask(StoreMessage.CREATE_SERVICE, new CreateService(fields)).service();
    }

    private static Peer over(@Nullable String tls, @Nullable ServerCertificate certificate) {
        return new Peer("127.0.0.1:443", "HTTP/1.1", tls, certificate);
    }

    private CheckResult result(Service service, @Nullable Peer peer) {
        clock.advance(1_000);
        return new CheckResult(
                service.id(),
                clock.millis(),
                Outcome.UP,
                200,
                5,
                Phases.NONE,
                "",
                null,
                null,
                peer,
                List.of(),
                service.urlHash());
    }

    private void record(Service service, @Nullable Peer peer) {
        ask(StoreMessage.RECORD, new RecordResult(result(service, peer)));
    }

    private void see(Service service, ServerCertificate certificate) {
        record(service, over("TLSv1.3", certificate));
    }

    private void see(Service service, String location, ServerCertificate certificate) {
        CheckResult result = result(service, over("TLSv1.3", certificate)).from(Viewpoint.of(service, location, 60));
        ask(StoreMessage.RECORD, new RecordResult(result));
    }

    private static SeenCertificate of(Service service, @Nullable ServerCertificate certificate) {
        return new SeenCertificate(service.id(), service.urlHash(), certificate);
    }

    private Service change(Map<String, Object> fields) {
        return ask(StoreMessage.PATCH_SERVICE, new PatchService("a", fields)).service();
    }

    private ServerCertificate expiresIn(long days) {
        long now = clock.millis();
        return Samples.certificate(now, now + TimeUnit.DAYS.toMillis(days));
    }

    private @Nullable SeenCertificate next() throws InterruptedException {
        return told.poll(60, TimeUnit.SECONDS);
    }

    private List<ServerCertificate> stored() {
        return ask(StoreMessage.LOAD_ALL, new LoadAll()).certificates().stream()
                .map(SeenCertificate::certificate)
                .toList();
    }

    private Response inRedis(Command command, Object... args) {
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(String.valueOf(arg));
        }
        return inRedis(request);
    }

    private Response inRedis(Request request) {
        Redis client = Redis.createClient(vertx, options);
        try {
            return await(client.send(request));
        } finally {
            await(client.close());
        }
    }

    /** Number of calls of each command, from the server's statistics. */
    private Map<String, String> calls() {
        return inRedis(Command.INFO, "commandstats")
                .toString()
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.split("[_:=,]"))
                .collect(Collectors.toMap(words -> words[1], words -> words[3]));
    }

    @Test
    void isLoadedAgainAfterARestart() throws Exception {
        Service service = create();
        see(service, OLD);
        assertThat(next()).isEqualTo(of(service, OLD));

        undeployStore();
        deployStore();
        assertThat(stored()).containsExactly(OLD);

        see(service, NEW);
        assertThat(next()).isEqualTo(of(service, NEW));
        assertThat(stored()).containsExactly(NEW);
        assertThat(told).isEmpty();
    }

    @Test
    void theSameOneCostsRedisNothing() throws Exception {
        Service service = create();
        see(service, OLD);
        undeployStore();
        deployStore(); // loaded certificates count, too
        Map<String, String> before = new HashMap<>(calls());

        for (int i = 0; i < 20; i++) {
            see(service, Samples.certificate(1_000, 2_000));
            record(service, null);
        }

        Map<String, String> after = calls();
        assertThat(List.of(after.get("hset"), after.getOrDefault("hdel", "0")))
                .as("only those of record.lua, one for each result")
                .containsExactly(
                        String.valueOf(Integer.parseInt(before.get("hset")) + 40), before.getOrDefault("hdel", "0"));
        assertThat(told).hasSize(1);
    }

    @Test
    void staysWhereAResultHasNoneAndGoesWithAnAnswerWithoutTls() throws Exception {
        Service service = create();
        see(service, OLD);
        record(service, null); // no peer reached
        record(service, over("TLSv1.3", null)); // resumed session
        record(service, new Peer("127.0.0.1:443", null, null, null)); // no handshake
        assertThat(stored()).containsExactly(OLD);

        record(service, over(null, null));

        assertThat(stored()).isEmpty();
        assertThat(Arrays.asList(next(), next())).containsExactly(of(service, OLD), of(service, null));
    }

    @Test
    void goesWhereTheUrlChangesAndComesBackWithTheNextCheck() throws Exception {
        Service service = create();
        see(service, OLD);
        ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("timeout", 5_000)));
        assertThat(stored()).containsExactly(OLD);

        Service moved = change(Map.of("url", "https://127.0.0.1/"));
        eventually(() -> assertThat(stored()).isEmpty());

        see(moved, OLD);
        assertThat(stored()).containsExactly(OLD);
        assertThat(Arrays.asList(next(), next())).containsExactly(of(service, OLD), of(moved, OLD));
    }

    @Test
    void aCheckOfTheUrlBeforeThatEndsLateLeavesNothing() throws Exception {
        Service service = create();
        Service moved = change(Map.of("url", "https://127.0.0.1/"));

        see(service, OLD);
        assertThat(stored()).isEmpty();
        see(moved, NEW);

        assertThat(stored()).containsExactly(NEW);
        assertThat(Arrays.asList(next(), next())).containsExactly(of(service, OLD), of(moved, NEW));
    }

    @Test
    void aCertificateThatAnOlderNodeLeavesAtAnotherUrlIsNotLoaded() throws Exception {
        Service service = create();
        see(service, OLD);
        String key = Keys.certificates(Keys.partition(service.id()));
        byte[] left = inRedis(Command.HGET, key, service.id()).toBytes();
        change(Map.of("url", "https://127.0.0.1/"));
        eventually(() -> assertThat(inRedis(Command.HEXISTS, key, service.id()).toInteger())
                .isZero());
        inRedis(Request.cmd(Command.HSET).arg(key).arg(service.id()).arg(left));

        undeployStore();
        deployStore();
        assertThat(stored()).isEmpty();
    }

    @Test
    void aChangeOfOtherFieldsCostsNoWrite() throws Exception {
        Service service = create();
        see(service, OLD);
        assertThat(next()).isEqualTo(of(service, OLD));

        see(change(Map.of("timeout", 5_000)), OLD);
        ask(
                BulkMessage.CHANGE_MATCHING,
                new ChangeMatching(new Matching(LabelSelector.ALL, Set.of()), Map.of("group", "x"), false));
        see(service, OLD);

        assertThat(told).isEmpty();
        assertThat(stored()).containsExactly(OLD);
    }

    @Test
    void ofTwoThatAreSeenInTurnTheFirstToExpireIsKept() throws Exception {
        Service service = create();
        ServerCertificate soon = expiresIn(5);
        ServerCertificate later = expiresIn(90);
        for (int i = 0; i < 1_500; i++) { // 25 minutes
            see(service, i % 2 == 0 ? later : soon);
        }

        assertThat(stored()).containsExactly(soon);
        eventually(() -> assertThat(told).containsExactly(of(service, later), of(service, soon)));
    }

    @Test
    void oneThatIsNotSeenAnyMoreGivesWayAfterTenMinutes() throws Exception {
        Service service = create();
        ServerCertificate soon = expiresIn(5);
        ServerCertificate renewed = expiresIn(90);
        see(service, soon);
        see(service, renewed);
        assertThat(stored()).containsExactly(soon);

        clock.advance(TimeUnit.MINUTES.toMillis(10));
        see(service, renewed);

        assertThat(stored()).containsExactly(renewed);
        eventually(() -> assertThat(told).containsExactly(of(service, soon), of(service, renewed)));
    }

    @Test
    void oneThatHasExpiredGivesWayAtOnceAndDoesNotComeBackByTurns() throws Exception {
        Service service = create();
        ServerCertificate renewed = expiresIn(90);
        for (int i = 0; i < 20; i++) {
            see(service, i % 2 == 0 ? OLD : renewed);
        }

        eventually(() -> assertThat(told).containsExactly(of(service, OLD), of(service, renewed)));
    }

    @Test
    void whatAnotherLocationSeesIsKeptThoughThisOneNeverDoes() throws Exception {
        Service service = create("eu", "us");
        ServerCertificate soon = expiresIn(30);
        bus.publish(
                EventMessage.CERTIFICATES, new CertificatesChanged(List.of(of(service, soon)))); // from another node
        assertThat(next()).isEqualTo(of(service, soon));
        ServerCertificate later = expiresIn(90);
        for (int i = 0; i < 10; i++) {
            clock.advance(TimeUnit.HOURS.toMillis(1));
            see(service, "us", later);
        }
        assertThat(told).isEmpty();

        clock.advance(TimeUnit.DAYS.toMillis(1)); // the location has expired
        see(service, "us", later);
        assertThat(next()).isEqualTo(of(service, later));
    }

    @Test
    void aKeyThatCannotBeWrittenDoesNotHoldUpTheOthers() throws Exception {
        Service service = create();
        Service other = ask(
                        StoreMessage.CREATE_SERVICE,
                        new CreateService(Map.of("name", "b", "url", "https://localhost/", "paused", true)))
                .service();
        String key = Keys.certificates(Keys.partition(service.id()));
        inRedis(Command.SET, key, "no hash");

        bus.send(
                StoreMessage.RECORD_ALL,
                Unjudged.results(List.of(result(service, over("TLSv1.3", OLD)), result(other, over("TLSv1.3", NEW)))));
        assertThat(next()).isEqualTo(of(other, NEW));

        inRedis(Command.DEL, key);
        see(service, OLD);
        assertThat(next()).isEqualTo(of(service, OLD));
        assertThat(stored()).containsExactlyInAnyOrder(OLD, NEW);
    }

    @Test
    void theNewestOfAllLocationsIsKept() throws Exception {
        Service service = create("eu", "us");
        for (ServerCertificate certificate : List.of(OLD, NEW)) {
            String location = certificate.equals(OLD) ? "eu" : "us";
            see(service, location, certificate);
        }

        assertThat(stored()).containsExactly(NEW);
    }

    @Test
    void comesBackWithARestoredServiceAndGoesForGoodWithItsHistory() throws Exception {
        Service service = create();
        see(service, OLD);
        ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));
        assertThat(stored()).isEmpty();

        ask(StoreMessage.RESTORE_SERVICE, new RestoreService(service.id()));
        assertThat(stored()).containsExactly(OLD);
        told.clear();
        see(service, OLD); // dropped by the boards
        assertThat(next()).isEqualTo(of(service, OLD));

        ask(BulkMessage.DELETE_MATCHING, new DeleteMatching(new Matching(LabelSelector.ALL, Set.of()), false));
        clock.advance(DeletedServices.KEPT_MS + 1);
        undeployStore();
        deployStore(); // starts with certificates to be dropped
        String key = Keys.certificates(Keys.partition(service.id()));
        eventually(() -> assertThat(inRedis(Command.EXISTS, key).toInteger()).isZero());
    }

    @Test
    void oneThatCannotBeReadIsReplacedByTheNext() throws Exception {
        Service service = create();
        inRedis(Command.HSET, Keys.certificates(Keys.partition(service.id())), service.id(), "\u0007later");
        assertThat(stored()).isEmpty();

        see(service, OLD);

        assertThat(stored()).containsExactly(OLD);
    }
}
