package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.ChangePassword;
import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.DeleteKey;
import io.openuptimes.bus.AccessMessage.DeleteSession;
import io.openuptimes.bus.AccessMessage.EndSessions;
import io.openuptimes.bus.AccessMessage.FindKey;
import io.openuptimes.bus.AccessMessage.FindSession;
import io.openuptimes.bus.AccessMessage.GetInstallation;
import io.openuptimes.bus.AccessMessage.Installation;
import io.openuptimes.bus.AccessMessage.ListKeys;
import io.openuptimes.bus.AccessMessage.SaveKey;
import io.openuptimes.bus.AccessMessage.SaveSession;
import io.openuptimes.bus.AccessMessage.TouchKey;
import io.openuptimes.bus.Address;
import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.AuditMessage.RecordAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.OnceMessage;
import io.openuptimes.bus.OnceMessage.BeginOnce;
import io.openuptimes.bus.OnceMessage.Begun;
import io.openuptimes.bus.OnceMessage.Begun.State;
import io.openuptimes.bus.OnceMessage.EndOnce;
import io.openuptimes.bus.OnceMessage.Kept;
import io.openuptimes.bus.OnceMessage.OnceKey;
import io.openuptimes.bus.SiteMessage;
import io.openuptimes.bus.SiteMessage.ChangeSite;
import io.openuptimes.bus.SiteMessage.GetLogo;
import io.openuptimes.bus.SiteMessage.GetSite;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.GetHistoryTtl;
import io.openuptimes.bus.StoreMessage.History;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.Ping;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadResponseTimes;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.bus.StoreMessage.ReplaceService;
import io.openuptimes.bus.StoreMessage.ResponseTimeSeries;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.bus.StoreMessage.ServiceDeleted;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Logo;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.OutcomeFilter;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ResponseTimes;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Session;
import io.openuptimes.model.Site;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.store.audit.AuditStore;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.testing.LogCapture;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The requirements for every supported Redis: one suite for all of them, through the bus alone. */
abstract class StoreContract extends StoreTestBase {

    /** Tomorrow's noon, since Redis expires keys by its own clock, and today may end during the test. */
    private static final long NOON = (Keys.day(System.currentTimeMillis()) + 1) * Keys.DAY_MS + Keys.DAY_MS / 2;

    private final ManualClock clock = new ManualClock(NOON);
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** Options for direct access to the same Redis. */
    RedisOptions beside() throws Exception {
        return options;
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void listen(Bus bus) {
        bus.listen(EventMessage.EVENTS, message -> events.addAll(message.events()));
    }

    private List<Transition> turned() {
        return events.stream()
                .filter(Event.Turned.class::isInstance)
                .map(event -> ((Event.Turned) event).transition())
                .toList();
    }

    private <Q extends Message, A extends Message> void assertRefused(
            int code, String text, Address<Q, A> address, Q message) {
        assertThatThrownBy(() -> ask(address, message)).cause().hasMessage(text).satisfies(failure -> assertThat(
                        Failures.codeOf(failure))
                .isEqualTo(code));
    }

    private Service create(String name) throws Exception {
        return ask(StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", name, "url", "http://localhost/")))
                .service();
    }

    private ServiceDeleted delete(String name) throws Exception {
        return ask(StoreMessage.DELETE_SERVICE, new DeleteService(name));
    }

    private Service restore(Service service) throws Exception {
        return ask(StoreMessage.RESTORE_SERVICE, new RestoreService(service.id()))
                .service();
    }

    private void assertNothingToRestore(Service service) {
        assertRefused(
                404,
                "Nothing to restore: the time to undo has passed, or the service never existed",
                StoreMessage.RESTORE_SERVICE,
                new RestoreService(service.id()));
    }

    /** The keys stored under the service's id, read directly from Redis. */
    private List<String> keysOf(Service service) throws Exception {
        List<String> keys = new ArrayList<>();
        inRedis(Request.cmd(Command.KEYS).arg("*" + service.id() + "*")).forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** Reads or changes Redis directly. */
    private Response inRedis(Request... commands) throws Exception {
        Redis client = Redis.createClient(vertx, beside());
        try {
            RedisConnection connection = await(client.connect());
            List<Future<Response>> answers = new ArrayList<>();
            for (Request command : commands) {
                answers.add(connection.send(command)); // one by one, as they may belong to different servers
            }
            await(Future.all(answers));
            return answers.get(answers.size() - 1).result();
        } finally {
            await(client.close());
        }
    }

    private UptimeReport uptimes(Service service) throws Exception {
        return ask(StoreMessage.READ_UPTIMES, new ReadUptimes(List.of(service.id())))
                .reports()
                .get(0);
    }

    private void record(Service service, long timestamp, Outcome outcome) throws Exception {
        record(service, timestamp, outcome, outcome == Outcome.UP ? "" : "it went wrong");
    }

    private void record(Service service, long timestamp, Outcome outcome, String error) throws Exception {
        int code = outcome == Outcome.UP ? 200 : outcome == Outcome.STATUS ? 503 : 0;
        ask(
                StoreMessage.RECORD,
                new RecordResult(new CheckResult(
                        service.id(), timestamp, outcome, code, 123, new Phases(1, 2, 3, 4, 5), error)));
    }

    private History history(Service service) throws Exception {
        return ask(StoreMessage.READ_HISTORY, new ReadHistory(service.id(), 0, Long.MAX_VALUE, 1000));
    }

    private List<Long> timestamps(Service service) throws Exception {
        return history(service).entries().stream().map(HistoryEntry::timestamp).toList();
    }

    private List<ServiceStatus> statuses() throws Exception {
        return ask(StoreMessage.LOAD_ALL, new LoadAll()).statuses();
    }

    @Test
    void answersAPing() throws Exception {
        assertThat(ask(StoreMessage.PING, new Ping()).answer()).isEqualTo("PONG");
    }

    @Test
    void keepsAServiceWithAllItsFields() throws Exception {
        Map<String, Object> fields = Map.ofEntries(
                Map.entry("name", "a/b % ü 🚀"),
                Map.entry("url", "https://example.com:8443/x?y=z"),
                Map.entry("description", "line\nline"),
                Map.entry("expectedStatus", 204),
                Map.entry("method", "POST"),
                Map.entry("timeout", 500),
                Map.entry("interval", 5),
                Map.entry("visible", false),
                Map.entry("headers", Map.of("X-A", "1")),
                Map.entry("body", "{}"),
                Map.entry("followRedirects", false),
                Map.entry("ignoreTlsErrors", true),
                Map.entry("expectedStatuses", "200-299,404"),
                Map.entry("clientCertificate", "shop"),
                Map.entry("minTlsVersion", "1.3"),
                Map.entry("labels", Map.of("env", "production")));

        Service stored =
                ask(StoreMessage.CREATE_SERVICE, new CreateService(fields)).service();

        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(stored);
        assertThat(statuses()).containsExactly(ServiceStatus.unchecked(stored.id()));
        assertThat(stored.createdAt()).isEqualTo(NOON);
    }

    @Test
    void refusesABadServiceAndANameTwice() throws Exception {
        assertRefused(400, "url: is required", StoreMessage.CREATE_SERVICE, new CreateService(Map.of("name", "a")));
        Service first = create("a");
        assertRefused(
                409,
                "A service of that name exists",
                StoreMessage.CREATE_SERVICE,
                new CreateService(Map.of("name", "a", "url", "http://other/")));
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(first);
    }

    @Test
    void makesOneServiceOfManyRequestsForTheSameName() throws Exception {
        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            requests.add(bus.request(
                    StoreMessage.CREATE_SERVICE,
                    new CreateService(Map.of("name", "same", "url", "http://localhost/"))));
        }
        await(Future.join(requests).otherwiseEmpty());

        assertThat(requests.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).hasSize(1);
    }

    @Test
    void keepsIdStatusAndHistoryOverARename() throws Exception {
        Service old = create("old");
        record(old, NOON, Outcome.UP);
        Queue<ServiceSaved> told = new ConcurrentLinkedQueue<>();
        await(bus.listen(EventMessage.SERVICE_SAVED, told::add));

        Service renamed = ask(
                        StoreMessage.REPLACE_SERVICE,
                        new ReplaceService("old", Map.of("name", "new", "url", "http://localhost/")))
                .service();

        assertThat(renamed.id()).isEqualTo(old.id());
        assertThat(statuses()).extracting(ServiceStatus::status).containsExactly(Status.UP);
        assertThat(timestamps(renamed)).containsExactly(NOON);
        eventually(() -> assertThat(told).singleElement().satisfies(saved -> {
            assertThat(saved.before()).isEqualTo(old);
            assertThat(saved.service()).isEqualTo(renamed);
            assertThat(saved.status()).isNull();
        }));
        create("old"); // the name is free again
        assertRefused(
                409,
                "A service of that name exists",
                StoreMessage.REPLACE_SERVICE,
                new ReplaceService("old", Map.of("name", "new", "url", "http://localhost/")));
        assertRefused(
                404,
                "Service not found",
                StoreMessage.REPLACE_SERVICE,
                new ReplaceService("none", Map.of("name", "x", "url", "http://localhost/")));
    }

    @Test
    void deletesStatusAndHistoryWithTheService() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);

        delete("a");

        assertThat(statuses()).isEmpty();
        assertRefused(404, "Service not found", StoreMessage.DELETE_SERVICE, new DeleteService("a"));
        assertRefused(404, "Service not found", StoreMessage.READ_HISTORY, new ReadHistory(service.id(), 0, NOON, 10));
        record(service, NOON + 1, Outcome.UP); // a late result restores nothing
        assertThat(statuses()).isEmpty();
        assertThat(timestamps(create("a"))).isEmpty();
    }

    @Test
    void restoresAServiceWithItsStatusAndHistory() throws Exception {
        Service service = create("a");
        record(service, NOON - 1000, Outcome.CONNECT);
        record(service, NOON, Outcome.UP);
        List<ServiceStatus> before = statuses();
        List<HistoryEntry> entries = history(service).entries();
        Queue<Object> told = new ConcurrentLinkedQueue<>();
        await(bus.listen(EventMessage.SERVICE_SAVED, told::add));
        await(bus.listen(EventMessage.STATUS_CHANGED, told::add));
        await(bus.listen(EventMessage.SERVICE_REMOVED, told::add));

        ServiceDeleted deleted = delete("a");
        assertThat(deleted.until()).isEqualTo(NOON + DeletedServices.KEPT_MS);
        record(service, NOON + 1, Outcome.TIMEOUT); // a check that ended in the meantime
        clock.set(deleted.until() - 1);
        assertThat(restore(service)).isEqualTo(service);

        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(service);
        assertThat(statuses()).isEqualTo(before);
        assertThat(history(service).entries()).isEqualTo(entries);
        assertThat(history(service).uptime().day()).isEqualTo(29_999 / 30_999.0);
        eventually(() -> assertThat(told)
                .containsExactly(new ServiceRemoved(service.id()), new ServiceSaved(service, null, before.get(0))));
        assertNothingToRestore(service);
        record(service, NOON + 2, Outcome.UP);
        assertThat(timestamps(service)).startsWith(NOON + 2);
        assertRefused(
                409,
                "A service of that name exists",
                StoreMessage.CREATE_SERVICE,
                new CreateService(Map.of("name", "a", "url", "http://other/")));
    }

    @Test
    void restoresOnlyWhileTheNameIsFree() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        delete("a");
        Service other = create("a");

        assertRefused(
                409, "A service of that name exists", StoreMessage.RESTORE_SERVICE, new RestoreService(service.id()));
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(other);

        delete("a");
        assertThat(restore(service)).isEqualTo(service);
        assertThat(timestamps(service)).containsExactly(NOON);
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(service);
        assertRefused(
                409, "A service of that name exists", StoreMessage.RESTORE_SERVICE, new RestoreService(other.id()));
    }

    @Test
    void restoresOnceHoweverManyAskForIt() throws Exception {
        Service service = create("a");
        delete("a");

        List<Future<?>> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            requests.add(bus.request(StoreMessage.RESTORE_SERVICE, new RestoreService(service.id())));
        }
        await(Future.join(requests).otherwiseEmpty());

        assertThat(requests.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(service);
        assertThat(statuses()).containsExactly(ServiceStatus.unchecked(service.id()));
    }

    @Test
    void canBeDeletedAndRestoredAgainAndAgain() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        for (int i = 0; i < 3; i++) {
            clock.advance(DeletedServices.KEPT_MS);
            delete("a");
            restore(service);
        }
        clock.advance(DeletedServices.KEPT_MS);
        Service second = create("b");
        delete("b");
        clock.advance(DeletedServices.KEPT_MS);

        eventually(() -> assertThat(keysOf(second)).isEmpty());
        assertThat(timestamps(service)).containsExactly(NOON);
    }

    @Test
    void restoresAlsoAfterARestartOfTheStore() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        delete("a");

        undeployStore();
        deployStore();

        assertThat(restore(service)).isEqualTo(service);
        assertThat(statuses()).extracting(ServiceStatus::status).contains(Status.UP);
        assertThat(timestamps(service)).containsExactly(NOON);
    }

    @Test
    void leavesNothingOfADeletedServiceInRedisWhenItIsTooLate() throws Exception {
        clock.set(NOON - 3 * Keys.DAY_MS);
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        Service restarted = create("a");
        Service running = create("b");
        for (int day = 3; day >= 0; day--) {
            clock.set(NOON - day * Keys.DAY_MS);
            record(restarted, clock.millis(), Outcome.UP);
            record(running, clock.millis(), Outcome.UP);
        }
        delete("a");
        assertThat(keysOf(restarted)).hasSize(7); // four days, the rollup, the state log, the undo record
        undeployStore();
        clock.set(NOON + DeletedServices.KEPT_MS);
        deployStore();

        assertNothingToRestore(restarted);
        eventually(() -> assertThat(keysOf(restarted)).isEmpty());
        delete("b");
        clock.advance(DeletedServices.KEPT_MS);
        assertNothingToRestore(running);
        eventually(() -> assertThat(keysOf(running)).isEmpty());
    }

    @Test
    void clearsTheHistoryOfWhatMayBeRestoredToo() throws Exception {
        Service service = create("a");
        record(service, NOON - 1, Outcome.UP);
        delete("a");

        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());
        restore(service);

        assertThat(timestamps(service)).isEmpty();
        assertThat(history(service).uptime()).isEqualTo(Uptime.UNKNOWN);
        assertThat(statuses()).extracting(ServiceStatus::status).containsExactly(Status.UP);
    }

    @Test
    void keepsWhichServerAFailureReached() throws Exception {
        Service service = create("a");
        Peer peer = new Peer("[2001:db8::1]:443", "HTTP/2", "TLSv1.3", null);
        record(service, NOON, Outcome.UP);
        ask(
                StoreMessage.RECORD,
                new RecordResult(new CheckResult(
                        service.id(),
                        NOON + 1000,
                        Outcome.STATUS,
                        503,
                        123,
                        Phases.NONE,
                        "expected 200, got 503",
                        null,
                        null,
                        peer)));
        record(service, NOON + 2000, Outcome.DNS);

        assertThat(ask(
                                StoreMessage.READ_HISTORY,
                                new ReadHistory(service.id(), 0, NOON + 9000, 9, OutcomeFilter.ANY, true))
                        .entries())
                .extracting(HistoryEntry::peer)
                .containsExactly(null, peer, null);
        assertThat(history(service).entries()).extracting(HistoryEntry::peer).containsOnlyNulls();
        eventually(() -> assertThat(turned()).extracting(Transition::peer).containsExactly(null, peer));
    }

    @Test
    void recordsStatusHistoryAndTransitionsInOneStep() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        record(service, NOON + 1000, Outcome.UP);
        record(service, NOON + 2000, Outcome.STATUS, "expected 200, got 503");
        record(service, NOON + 3000, Outcome.TIMEOUT, "no response within 10000 ms");
        record(service, NOON + 4000, Outcome.TIMEOUT, "no response within 10000 ms");
        record(service, NOON + 5000, Outcome.UP);

        assertThat(history(service).entries())
                .containsExactly(
                        new HistoryEntry(NOON + 5000, Outcome.UP, 123, 200, ""),
                        new HistoryEntry(NOON + 4000, Outcome.TIMEOUT, 123, 0, "no response within 10000 ms"),
                        new HistoryEntry(NOON + 3000, Outcome.TIMEOUT, 123, 0, "no response within 10000 ms"),
                        new HistoryEntry(NOON + 2000, Outcome.STATUS, 123, 503, "expected 200, got 503"),
                        new HistoryEntry(NOON + 1000, Outcome.UP, 123, 200, ""),
                        new HistoryEntry(NOON, Outcome.UP, 123, 200, ""));
        assertThat(statuses())
                .containsExactly(new ServiceStatus(
                        service.id(), Outcome.UP, NOON + 5000, NOON + 5000, 200, 123, new Phases(1, 2, 3, 4, 5), ""));
        eventually(() -> assertThat(turned())
                .extracting(transition -> transition.from() + ">" + transition.to() + "@" + (transition.at() - NOON))
                .containsExactly("UNKNOWN>UP@0", "UP>DOWN@2000", "DOWN>UP@5000"));
        clock.set(NOON + 6000);
        assertThat(history(service).uptime().day()).isEqualTo(0.5);
    }

    @Test
    void logsTransitionsWithTheServicesNameAndId() throws Exception {
        Service service = create("Shop API");
        try (LogCapture log = LogCapture.of("io.openuptimes.store.results.TransitionLog")) {
            record(service, NOON, Outcome.UP);
            record(service, NOON + 1000, Outcome.STATUS, "expected 200, got 503");
            record(service, NOON + 62_000, Outcome.UP);
            String name = "Shop API (" + service.id() + ")";
            eventually(() -> assertThat(log.lines())
                    .containsExactly(
                            name + " is up",
                            name + " is down: status (expected 200, got 503); check its own log, or the status that is"
                                    + " expected of it",
                            name + " is up again after 1 min 1 s"));
        }
    }

    @Test
    void writesAResultOnceHoweverOftenItIsSentAndNeverAnOlderOne() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        record(service, NOON, Outcome.UP);
        record(service, NOON - 1, Outcome.CONNECT);

        assertThat(timestamps(service)).containsExactly(NOON);
        assertThat(statuses()).extracting(ServiceStatus::status).containsExactly(Status.UP);
    }

    @Test
    void aRepeatedTransitionIsOneEvent() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        record(service, NOON, Outcome.UP);
        record(service, NOON + 1000, Outcome.CONNECT);
        record(service, NOON + 1000, Outcome.CONNECT);

        eventually(() -> assertThat(turned())
                .extracting(transition -> transition.from() + ">" + transition.to())
                .containsExactly("UNKNOWN>UP", "UP>DOWN"));
        assertThat(history(service).entries()).hasSize(2);
    }

    @Test
    void writesManyResultsOfOneServiceInTheirOrder() throws Exception {
        Service service = create("a");
        List<CheckResult> results = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Outcome outcome = i % 3 == 0 ? Outcome.CONNECT : Outcome.UP;
            results.add(new CheckResult(service.id(), NOON + i, outcome, 0, 1, Phases.NONE, i % 3 == 0 ? "x" : ""));
        }
        bus.send(StoreMessage.RECORD_ALL, Unjudged.results(results));

        eventually(() -> assertThat(timestamps(service)).hasSize(300));
        eventually(() -> assertThat(turned()).hasSize(200));
    }

    @Test
    void readsHistoryOverDaysWithinBoundsAndSaysWhetherThereIsMore() throws Exception {
        clock.set(NOON - 3 * Keys.DAY_MS);
        Service service = create("a");
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        for (int day = 3; day >= 0; day--) {
            clock.set(NOON - day * Keys.DAY_MS);
            record(service, clock.millis(), Outcome.UP);
            record(service, clock.millis() + 1, Outcome.UP);
        }

        assertThat(timestamps(service)).hasSize(8).isSortedAccordingTo(Comparator.reverseOrder());
        History narrowed = ask(
                StoreMessage.READ_HISTORY,
                new ReadHistory(service.id(), NOON - 2 * Keys.DAY_MS + 1, NOON - Keys.DAY_MS, 1));
        assertThat(narrowed.entries()).extracting(HistoryEntry::timestamp).containsExactly(NOON - Keys.DAY_MS);
        assertThat(narrowed.more()).isTrue();
        assertThat(ask(StoreMessage.READ_HISTORY, new ReadHistory(service.id(), NOON + 1, NOON, 10))
                        .entries())
                .isEmpty();
    }

    @Test
    void aShorterTtlTrimsWhatIsStoredForGood() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        record(service, NOON + 100_000, Outcome.UP);
        clock.set(NOON + 100_000);
        assertThat(ask(StoreMessage.GET_HISTORY_TTL, new GetHistoryTtl()).seconds())
                .isEqualTo(86_400);

        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(60));
        assertThat(timestamps(service)).containsExactly(NOON + 100_000);

        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        assertThat(timestamps(service)).containsExactly(NOON + 100_000);
        assertThat(ask(StoreMessage.GET_HISTORY_TTL, new GetHistoryTtl()).seconds())
                .isZero();
    }

    @Test
    void clearsHistoryAndKeepsTheStatus() throws Exception {
        Service service = create("a");
        record(service, NOON - 1, Outcome.UP);

        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());
        assertThat(timestamps(service)).isEmpty();
        assertThat(history(service).uptime().day()).isNull();
        assertThat(statuses()).extracting(ServiceStatus::status).containsExactly(Status.UP);

        record(service, NOON + 1, Outcome.UP);
        assertThat(timestamps(service)).containsExactly(NOON + 1);
    }

    @Test
    void narrowsHistoryByOutcomeAcrossPagesAndDays() throws Exception {
        clock.set(NOON - 5 * Keys.DAY_MS);
        Service service = create("a");
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        List<Outcome> outcomes = List.of(Outcome.UP, Outcome.TIMEOUT, Outcome.CONNECT, Outcome.UP, Outcome.TIMEOUT);
        for (int day = 5; day >= 0; day--) {
            clock.set(NOON - day * Keys.DAY_MS);
            for (int i = 0; i < outcomes.size(); i++) {
                record(service, clock.millis() + i, outcomes.get(i));
            }
        }
        List<HistoryEntry> timeouts = history(service).entries().stream()
                .filter(entry -> entry.outcome() == Outcome.TIMEOUT)
                .toList();
        assertThat(timeouts).hasSize(12);

        List<HistoryEntry> paged = new ArrayList<>();
        long to = Long.MAX_VALUE;
        boolean more = true;
        while (more) {
            History page = ask(
                    StoreMessage.READ_HISTORY,
                    new ReadHistory(service.id(), 0, to, 5, OutcomeFilter.of(Outcome.TIMEOUT), false));
            paged.addAll(page.entries());
            more = page.more();
            to = paged.get(paged.size() - 1).timestamp() - 1;
        }

        assertThat(paged).isEqualTo(timeouts);
        assertThat(ask(
                        StoreMessage.READ_HISTORY,
                        new ReadHistory(service.id(), 0, NOON + 9, 9, OutcomeFilter.of(Outcome.TLS), false)))
                .satisfies(none -> {
                    assertThat(none.entries()).isEmpty();
                    assertThat(none.more()).isFalse();
                });
        assertThat(ask(
                                StoreMessage.READ_HISTORY,
                                new ReadHistory(
                                        service.id(), 0, NOON + 9, 9, new OutcomeFilter(Status.UP, "timeout"), false))
                        .entries())
                .isEmpty();
    }

    @Test
    void sumsUpResponseTimesOverDaysAsFarAsHistoryIsKept() throws Exception {
        clock.set(NOON - 9 * Keys.DAY_MS);
        Service service = create("a");
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        for (int day = 9; day >= 0; day--) {
            clock.set(NOON - day * Keys.DAY_MS);
            record(service, clock.millis(), Outcome.UP);
            record(service, clock.millis() + 1, Outcome.CONNECT);
        }
        long from = NOON - 10 * Keys.DAY_MS;
        ReadResponseTimes tenDays = new ReadResponseTimes(service.id(), from, NOON + 1, 10);

        ResponseTimeSeries all = ask(StoreMessage.READ_RESPONSE_TIMES, tenDays);
        assertThat(all.step()).isEqualTo(Keys.DAY_MS + 1);
        assertThat(all.points())
                .extracting(ResponseTimes::timestamp)
                .contains(from)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(all.points().stream().mapToInt(ResponseTimes::checks).sum()).isEqualTo(20);
        assertThat(all.points().stream().mapToInt(ResponseTimes::up).sum()).isEqualTo(10);

        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(2 * 86_400));
        assertThat(ask(StoreMessage.READ_RESPONSE_TIMES, tenDays).points().stream()
                        .mapToInt(ResponseTimes::checks)
                        .sum())
                .isEqualTo(6);
        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());
        assertThat(ask(StoreMessage.READ_RESPONSE_TIMES, tenDays).points()).isEmpty();
        assertRefused(
                404,
                "Service not found",
                StoreMessage.READ_RESPONSE_TIMES,
                new ReadResponseTimes("nobody", 0, NOON, 10));
    }

    @Test
    void endsEverySessionAndKeepsThePassword() throws Exception {
        ask(AccessMessage.CHANGE_PASSWORD, new ChangePassword("hash"));
        long epoch = ask(AccessMessage.GET_INSTALLATION, new GetInstallation()).sessionEpoch();
        ask(AccessMessage.SAVE_SESSION, new SaveSession(new Session("t", "csrf", epoch, NOON, NOON + 60_000)));
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("t")).session())
                .isNotNull();

        ask(AccessMessage.END_SESSIONS, new EndSessions());

        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("t")).session())
                .isNull();
        Installation after = ask(AccessMessage.GET_INSTALLATION, new GetInstallation());
        assertThat(after.sessionEpoch()).isGreaterThan(epoch);
        assertThat(after.passwordHash()).isEqualTo("hash");
    }

    @Test
    void keepsTheLooksOfTheSite() throws Exception {
        Site untouched = new Site("OpenUptimes", null, "", null, List.of());
        assertThat(ask(SiteMessage.GET_SITE, new GetSite()).site()).isEqualTo(untouched);
        assertThat(ask(SiteMessage.GET_LOGO, new GetLogo()).logo()).isNull();

        ask(AccessMessage.COMPLETE_SETUP, new CompleteSetup("hash", "Ours", null));
        Logo logo = new Logo("image/png", "abc", "AAAA");
        List<String> order = List.of("Shop", "Ä \"api\"");
        assertThat(ask(SiteMessage.CHANGE_SITE, new ChangeSite(null, "#102030", "✓ below", logo, order))
                        .site())
                .isEqualTo(new Site("Ours", "#102030", "✓ below", "abc", order));
        assertThat(ask(SiteMessage.GET_LOGO, new GetLogo()).logo()).isEqualTo(logo);

        Site changed = new Site("Theirs", "#102030", "✓ below", "abc", order);
        assertThat(ask(SiteMessage.CHANGE_SITE, new ChangeSite("Theirs", null, null, null, null))
                        .site())
                .isEqualTo(changed);
        assertThat(ask(SiteMessage.CHANGE_SITE, new ChangeSite(null, null, null, null, null))
                        .site())
                .isEqualTo(changed);
        assertThat(ask(AccessMessage.GET_INSTALLATION, new GetInstallation()).siteName())
                .isEqualTo("Theirs");

        assertThat(ask(SiteMessage.CHANGE_SITE, new ChangeSite("OpenUptimes", "", "", Logo.NONE, List.of()))
                        .site())
                .isEqualTo(untouched);
        assertThat(ask(SiteMessage.GET_LOGO, new GetLogo()).logo()).isNull();
    }

    @Test
    void countsChecksByHourAndByDay() throws Exception {
        clock.set(NOON - Keys.DAY_MS);
        Service service = create("a");
        Service unchecked = create("b");
        record(service, NOON - Keys.DAY_MS, Outcome.UP);
        clock.set(NOON);
        record(service, NOON - Keys.HOUR_MS, Outcome.CONNECT);
        record(service, NOON, Outcome.UP);
        record(service, NOON + 1, Outcome.UP);

        List<UptimeReport> reports = ask(
                        StoreMessage.READ_UPTIMES,
                        new ReadUptimes(List.of(unchecked.id(), service.id(), "nobody", service.id())))
                .reports();

        assertThat(reports)
                .extracting(UptimeReport::serviceId)
                .containsExactly(unchecked.id(), service.id(), "nobody", service.id());
        assertThat(reports.get(0)).satisfies(report -> {
            assertThat(report.uptime()).isEqualTo(Uptime.UNKNOWN);
            assertThat(report.hours()).hasSize(24).containsOnly(CheckCounts.NONE);
            assertThat(report.days()).hasSize(90).containsOnly(CheckCounts.NONE);
        });
        assertThat(reports.get(1)).satisfies(report -> {
            assertThat(report.hoursFrom()).isEqualTo(NOON - 23 * Keys.HOUR_MS);
            assertThat(report.hours().subList(22, 24))
                    .containsExactly(new CheckCounts(1, 0, 0), new CheckCounts(2, 2, 246));
            assertThat(report.hours().subList(0, 22)).containsOnly(CheckCounts.NONE);
            assertThat(report.daysFrom()).isEqualTo((Keys.day(NOON) - 89) * Keys.DAY_MS);
            assertThat(report.days().subList(88, 90))
                    .containsExactly(new CheckCounts(1, 1, 123), new CheckCounts(3, 2, 246));
            assertThat(report.days().subList(0, 88)).containsOnly(CheckCounts.NONE);
            assertThat(report.uptime()).isEqualTo(new Uptime(23 / 24.0, 23 / 24.0, 23 / 24.0));
        });
    }

    @Test
    void countsTheRunningHourAndThoseBeforeIt() throws Exception {
        long hour = NOON - 3 * Keys.HOUR_MS;
        clock.set(NOON);
        Service service = create("a");
        for (int i = 0; i < 4; i++) {
            record(service, hour + i * Keys.HOUR_MS, Outcome.UP);
            record(service, hour + i * Keys.HOUR_MS + i + 1, i % 2 == 0 ? Outcome.UP : Outcome.TIMEOUT);
            record(service, hour + i * Keys.HOUR_MS + i + 1, Outcome.UP); // sent twice, counts once
        }

        CheckCounts up = new CheckCounts(2, 2, 246);
        CheckCounts half = new CheckCounts(2, 1, 123);
        assertThat(uptimes(service).hours().subList(20, 24)).containsExactly(up, half, up, half);
        assertThat(uptimes(service).days().get(89)).isEqualTo(new CheckCounts(8, 6, 738));

        delete("a");
        restore(service);
        assertThat(uptimes(service).hours().subList(20, 24)).containsExactly(up, half, up, half);
        record(service, NOON + Keys.HOUR_MS - 1, Outcome.UP);
        assertThat(uptimes(service).days().get(89)).isEqualTo(new CheckCounts(9, 7, 861));
    }

    @Test
    void forgetsHoursAfterTwoDaysAndDaysAfterNinety() throws Exception {
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        Service service = create("a");
        for (int day = 100; day >= 0; day--) {
            record(service, NOON - day * Keys.DAY_MS, Outcome.UP);
            record(service, NOON - day * Keys.DAY_MS + Keys.HOUR_MS, Outcome.UP);
        }

        // the last hour is incomplete and kept in the status
        assertThat(inRedis(Request.cmd(Command.HLEN).arg(Keys.rollup(service.id())))
                        .toInteger())
                .isLessThanOrEqualTo(2 * 3 + 91);
        assertThat(uptimes(service).days()).hasSize(90).containsOnly(new CheckCounts(2, 2, 246));
        assertThat(uptimes(service).uptime()).isEqualTo(new Uptime(1.0, 1.0, 1.0));
    }

    @Test
    void readsAndContinuesWhatTheVersionBeforeHasWritten() throws Exception {
        Service service = create("a");
        String id = service.id();
        long hour = Math.floorDiv(NOON, Keys.HOUR_MS);
        Packed day = new Packed(64);
        day.number(NOON - 60_000 - Keys.day(NOON) * Keys.DAY_MS).octet(1).number(300);
        day.number(60_000).octet(5 | 0x20).number(10_000).number(4).raw(new byte[] {'l', 'a', 't', 'e'});
        inRedis(
                Request.cmd(Command.HSET)
                        .arg(Keys.status(Keys.partition(id)))
                        .arg(id)
                        .arg(NOON + " 5 " + NOON + " 1 10000 0 1,2,3,4,5 late"),
                Request.cmd(Command.SET).arg(Keys.history(id, Keys.day(NOON))).arg(day.toBytes()),
                Request.cmd(Command.HSET)
                        .arg(Keys.rollup(id))
                        .arg("h" + hour)
                        .arg("1 0 0")
                        .arg("d" + Keys.day(NOON))
                        .arg("2 1 300")
                        .arg("h" + (hour - 48))
                        .arg("7 7 7"));

        assertThat(statuses())
                .containsExactly(new ServiceStatus(
                        id, Outcome.TIMEOUT, NOON, NOON, 0, 10_000, new Phases(1, 2, 3, 4, 5), "late"));
        record(service, NOON, Outcome.TIMEOUT, "late"); // as if its reply was lost
        record(service, NOON + 60_000, Outcome.TIMEOUT, "late");
        record(service, NOON + 120_000, Outcome.UP);
        record(service, NOON + Keys.HOUR_MS, Outcome.UP);

        assertThat(history(service).entries())
                .containsExactly(
                        new HistoryEntry(NOON + Keys.HOUR_MS, Outcome.UP, 123, 200, ""),
                        new HistoryEntry(NOON + 120_000, Outcome.UP, 123, 200, ""),
                        new HistoryEntry(NOON + 60_000, Outcome.TIMEOUT, 123, 0, "late"),
                        new HistoryEntry(NOON, Outcome.TIMEOUT, 10_000, 0, "late"),
                        new HistoryEntry(NOON - 60_000, Outcome.UP, 300, 200, ""));
        assertThat(statuses()).extracting(ServiceStatus::since).containsExactly(NOON + 120_000);
        clock.set(NOON + Keys.HOUR_MS);
        assertThat(uptimes(service).hours().subList(22, 24))
                .containsExactly(new CheckCounts(3, 1, 123), new CheckCounts(1, 1, 123));
        assertThat(uptimes(service).days().get(89)).isEqualTo(new CheckCounts(5, 3, 546));
        assertThat(inRedis(Request.cmd(Command.HEXISTS).arg(Keys.rollup(id)).arg("h" + (hour - 48)))
                        .toBoolean())
                .isFalse();
    }

    @Test
    void keepsEveryTimestampHoweverTheChecksCame() throws Exception {
        Random random = new Random(7);
        List<CheckResult> results = new ArrayList<>();
        List<HistoryEntry> expected = new ArrayList<>();
        long at = NOON - Keys.DAY_MS; // across midnight
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        clock.set(at);
        Service service = create("a");
        for (int i = 0; i < 400; i++) {
            at += switch (random.nextInt(6)) {
                case 0 -> 1 + random.nextInt(1_000_000);
                case 1 -> 30_000 - 70 + random.nextInt(140);
                default -> 60_000 - 64 + random.nextInt(128);
            };
            Outcome outcome = random.nextInt(4) > 0 ? Outcome.UP : random.nextBoolean() ? Outcome.STATUS : Outcome.DNS;
            int code = outcome == Outcome.DNS ? 0 : outcome == Outcome.UP && random.nextInt(9) > 0 ? 200 : 404;
            String error = outcome == Outcome.UP ? "" : random.nextBoolean() ? "x" : "größer";
            int ms = random.nextInt(300);
            results.add(new CheckResult(service.id(), at, outcome, code, ms, Phases.NONE, error));
            expected.add(0, new HistoryEntry(at, outcome, ms, code, error));
        }
        for (CheckResult result : results) {
            ask(StoreMessage.RECORD, new RecordResult(result));
        }
        clock.set(at);

        assertThat(history(service).entries()).isEqualTo(expected);
        long firstDay = Keys.day(results.get(0).timestamp());
        assertThat(inRedis(Request.cmd(Command.PTTL).arg(Keys.history(service.id(), firstDay)))
                        .toLong())
                .isEqualTo(-1);
    }

    @Test
    void expiresADayWhenItsLastMomentIsTooOld() throws Exception {
        Service service = create("a");
        record(service, NOON, Outcome.UP);
        record(service, NOON + 1, Outcome.UP);

        long expiry = inRedis(Request.cmd(Command.PTTL).arg(Keys.history(service.id(), Keys.day(NOON))))
                        .toLong()
                + System.currentTimeMillis();
        assertThat(expiry).isCloseTo((Keys.day(NOON) + 2) * Keys.DAY_MS, within(60_000L));
    }

    @Test
    void countsAServiceOnlyOnceItHoldsItsName() throws Exception {
        Service whole = create("a");
        String half = "0123456789abcdef0123456789abcdef";
        String taken = "fedcba9876543210fedcba9876543210";
        inRedis(
                storedAs(half, "{\"name\":\"half made\",\"url\":\"http://localhost/\"}"),
                storedAs(taken, "{\"name\":\"a\",\"url\":\"http://localhost/\"}"),
                storedAs("rubbish", "{\"name\":"));

        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services()).containsExactly(whole);

        inRedis(Request.cmd(Command.HSET).arg(Keys.NAMES).arg("half made").arg(half));
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).services())
                .filteredOn(service -> !service.equals(whole))
                .singleElement()
                .satisfies(service -> {
                    assertThat(service.id()).isEqualTo(half);
                    assertThat(service.timeout()).isEqualTo(10_000); // missing fields have their defaults
                });
        assertThat(statuses()).extracting(ServiceStatus::serviceId).contains(half, whole.id());
    }

    private static Request storedAs(String id, String json) {
        return Request.cmd(Command.HSET)
                .arg(Keys.services(Keys.partition(id)))
                .arg(id)
                .arg(json);
    }

    @Test
    void loadsTenThousandServicesEachWithItsStatus() throws Exception {
        List<Service> expected = new ArrayList<>();
        List<Request> writes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Service service = ServiceFields.parse(
                    Map.of(
                            "name", "service " + i,
                            "url", "https://host-" + i + ".example/",
                            "group", "group " + i % 7,
                            "labels", i % 2 == 0 ? Map.of() : Map.of("env", "prod", "n", "" + i),
                            "headers", i % 3 == 0 ? Map.of("X-B", "2", "X-A", "1") : Map.of()),
                    String.format("%032x", i * 7919L),
                    NOON);
            expected.add(service);
            writes.add(storedAs(service.id(), new JsonObject(ServiceFields.toMap(service)).encode()));
            writes.add(Request.cmd(Command.HSET)
                    .arg(Keys.status(Keys.partition(service.id())))
                    .arg(service.id())
                    .arg(i + " 1 " + i + " 0 5 200 0,0,0,0,0 "));
            writes.add(Request.cmd(Command.HSET)
                    .arg(Keys.NAMES)
                    .arg(service.name())
                    .arg(service.id()));
        }
        inRedis(writes.toArray(Request[]::new));

        List<All> loaded = new ArrayList<>();
        eventually(
                () -> { // on a busy machine, Redis may take longer than the store waits for it
                    loaded.clear();
                    List<Future<All>> asked = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        asked.add(bus.request(StoreMessage.LOAD_ALL, new LoadAll()));
                    }
                    for (Future<All> each : asked) {
                        loaded.add(await(each));
                    }
                });
        All all = loaded.get(0);

        assertThat(all.services().stream()
                        .sorted(Comparator.comparing(Service::id))
                        .toList())
                .isEqualTo(expected); // by id, in order of creation
        assertThat(all.statuses())
                .extracting(ServiceStatus::serviceId)
                .isEqualTo(all.services().stream().map(Service::id).toList());
        assertThat(all.statuses()).allSatisfy(status -> assertThat(status.lastChecked())
                .isEqualTo(Long.parseLong(status.serviceId(), 16) / 7919));
        // nothing has changed in between: all contain the same
        assertThat(loaded.get(1).services()).isSameAs(all.services());
        assertThat(loaded.get(2).services()).isSameAs(all.services());
    }

    @Test
    void keepsKeysAsHashesOnly() throws Exception {
        KeyLimits limits = new KeyLimits(
                new LabelSelector(List.of(new LabelSelector.Term("team", "a,b", true))), NOON + 60_000, 1_000_000);
        for (KeyLimits some : List.of(KeyLimits.NONE, limits)) {
            ApiKey key = new ApiKey("id1", "ci", Scope.WRITE, some, "ou_id1", "0".repeat(64), NOON, 0);
            ask(AccessMessage.SAVE_KEY, new SaveKey(key));
            ask(AccessMessage.TOUCH_KEY, new TouchKey("id1", NOON + 5));

            assertThat(ask(AccessMessage.FIND_KEY, new FindKey("id1")).key()).isEqualTo(key);
            assertThat(ask(AccessMessage.FIND_KEY, new FindKey("none")).key()).isNull();
            assertThat(ask(AccessMessage.LIST_KEYS, new ListKeys()).keys())
                    .containsExactly(
                            new ApiKey("id1", "ci", Scope.WRITE, some, "ou_id1", "0".repeat(64), NOON, NOON + 5));
            ask(AccessMessage.DELETE_KEY, new DeleteKey("id1"));
            assertThat(ask(AccessMessage.FIND_KEY, new FindKey("id1")).key()).isNull();
            assertRefused(404, "Key not found", AccessMessage.DELETE_KEY, new DeleteKey("id1"));
        }
    }

    @Test
    void storesTheFirstKeyWithTheSetupOrNotAtAll() throws Exception {
        ApiKey first = new ApiKey("id1", "first", Scope.ADMIN, KeyLimits.NONE, "ou_id1", "1".repeat(64), NOON, 0);
        ApiKey late = new ApiKey("id2", "late", Scope.ADMIN, KeyLimits.NONE, "ou_id2", "2".repeat(64), NOON, 0);
        ask(AccessMessage.COMPLETE_SETUP, new CompleteSetup("hash", null, first));

        assertRefused(
                409, "Setup is already completed", AccessMessage.COMPLETE_SETUP, new CompleteSetup(null, null, late));
        assertThat(ask(AccessMessage.LIST_KEYS, new ListKeys()).keys()).containsExactly(first);
        assertThat(ask(AccessMessage.FIND_KEY, new FindKey("id1")).key()).isEqualTo(first);
        assertThat(ask(AccessMessage.FIND_KEY, new FindKey("id2")).key()).isNull();
        ask(AccessMessage.DELETE_KEY, new DeleteKey("id1"));
        assertThat(ask(AccessMessage.LIST_KEYS, new ListKeys()).keys()).isEmpty();
    }

    @Test
    void completesTheSetupOnce() throws Exception {
        assertThat(ask(AccessMessage.GET_INSTALLATION, new GetInstallation()).setupCompleted())
                .isFalse();
        ask(AccessMessage.COMPLETE_SETUP, new CompleteSetup("hash", "My site", null));

        assertRefused(
                409,
                "Setup is already completed",
                AccessMessage.COMPLETE_SETUP,
                new CompleteSetup("other", "Other", null));
        assertThat(ask(AccessMessage.GET_INSTALLATION, new GetInstallation())).satisfies(installation -> {
            assertThat(installation.setupCompleted()).isTrue();
            assertThat(installation.siteName()).isEqualTo("My site");
            assertThat(installation.passwordHash()).isEqualTo("hash");
        });
    }

    @Test
    void endsSessionsByTimeByDeletionAndByANewPassword() throws Exception {
        Session session = new Session("hash1", "csrf", 0, NOON, NOON + 60_000);
        ask(AccessMessage.SAVE_SESSION, new SaveSession(session));
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("hash1")).session())
                .isEqualTo(session);

        clock.set(NOON + 60_000);
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("hash1")).session())
                .isNull();
        clock.set(NOON);

        long epoch =
                ask(AccessMessage.CHANGE_PASSWORD, new ChangePassword("new")).sessionEpoch();
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("hash1")).session())
                .isNull();

        ask(AccessMessage.SAVE_SESSION, new SaveSession(new Session("hash2", "csrf", epoch, NOON, NOON + 60_000)));
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("hash2")).session())
                .isNotNull();
        ask(AccessMessage.DELETE_SESSION, new DeleteSession("hash2"));
        assertThat(ask(AccessMessage.FIND_SESSION, new FindSession("hash2")).session())
                .isNull();
    }

    @Test
    void recordsWhatIsCarriedOutOnce() throws Exception {
        OnceKey key = new OnceKey("c" + NOON, "d" + NOON);
        BeginOnce begin = new BeginOnce(key, "fingerprint");
        assertThat(ask(OnceMessage.BEGIN_ONCE, begin).state()).isEqualTo(State.FRESH);
        assertThat(ask(OnceMessage.BEGIN_ONCE, begin).state()).isEqualTo(State.UNDER_WAY);
        assertThat(ask(OnceMessage.BEGIN_ONCE, new BeginOnce(key, "other")).state())
                .isEqualTo(State.OTHER);

        Kept answer = new Kept(200, "{}", null);
        ask(OnceMessage.END_ONCE, new EndOnce(key, "fingerprint", answer));
        assertThat(ask(OnceMessage.BEGIN_ONCE, begin)).isEqualTo(new Begun(State.DONE, answer));

        ask(OnceMessage.END_ONCE, new EndOnce(key, "fingerprint", null));
        assertThat(ask(OnceMessage.BEGIN_ONCE, begin).state()).isEqualTo(State.FRESH);
    }

    @Test
    void countsTheRequestsOfAnActorThatHasItsShareOfTheAuditLog() throws Exception {
        AuditActor busy = new AuditActor("key", "ou_busy");
        String yesterday = "d" + (Keys.day(System.currentTimeMillis()) - 1);
        inRedis(Request.cmd(Command.HSET)
                .arg(Keys.auditActor(busy))
                .arg(yesterday)
                .arg(AuditStore.Limits.USUAL.ofActor() - 1));
        inRedis(Request.cmd(Command.EVAL)
                .arg("for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'entry', '{}') end")
                .arg(1)
                .arg(Keys.AUDIT)
                .arg(AuditStore.Limits.USUAL.changes() / 2));
        for (String action : List.of("createKey", "patchService", "patchService")) {
            Map<String, Object> none = Map.of();
            ask(
                    AuditMessage.RECORD_AUDIT,
                    new RecordAudit(new AuditEntry("", NOON, action, busy, "192.0.2.7", "a", none, none, none, false)));
        }

        assertThat(ask(AuditMessage.READ_AUDIT, new ReadAudit(0, Long.MAX_VALUE, null, null, null, null, null, null, 2))
                        .entries())
                .extracting(AuditEntry::action, AuditEntry::counts)
                .containsExactly(tuple(AuditEntry.FOLDED, Map.of("patchService", 2)), tuple("createKey", Map.of()));
    }
}
