package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ClearHistory;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.RecordCommands.Answer;
import io.openuptimes.store.data.RecordCommands.Reply;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.services.DeletedServices;
import io.openuptimes.testing.ManualClock;
import io.openuptimes.testing.Unjudged;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** The data of a service by location, and the status derived from all locations. */
class LocationStoreTest extends StoreTestBase {

    /** Today's noon, since Redis expires keys by its own clock. */
    private static final long NOON = Keys.day(System.currentTimeMillis()) * Keys.DAY_MS + Keys.DAY_MS / 2;

    private static final int INTERVAL = 60;
    /** Two intervals plus the default timeout. */
    private static final long MAX_AGE = 130_000;

    private final ManualClock clock = new ManualClock(NOON);
    private final BlockingQueue<StatusChanged> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> turned = new LinkedBlockingQueue<>();

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void listen(Bus bus) {
        bus.listen(EventMessage.STATUS_CHANGED, events::add);
        bus.listen(EventMessage.EVENTS, message -> turned.addAll(message.events()));
    }

    private Service create(String name, Map<String, Object> more) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>(more);
        fields.put("name", name);
        fields.put("url", "http://localhost/");
        return ask(StoreMessage.CREATE_SERVICE, new CreateService(fields)).service();
    }

    private Service at(String... locations) throws Exception {
        return create("a", Map.of("locations", List.of(locations)));
    }

    private static CheckResult result(Service service, String location, long at, Outcome outcome) {
        boolean up = outcome == Outcome.UP;
        return new CheckResult(
                        service.id(),
                        NOON + at,
                        outcome,
                        up ? 200 : 0,
                        123,
                        new Phases(1, 2, 3, 4, 5),
                        up ? "" : "as seen from " + location)
                .from(Viewpoint.of(service, location, INTERVAL));
    }

    private void record(Service service, String location, long at, Outcome outcome) throws Exception {
        ask(StoreMessage.RECORD, new RecordResult(result(service, location, at, outcome)));
    }

    private Response inRedis(Request command) throws Exception {
        Redis client = Redis.createClient(vertx, options);
        try {
            return await(client.send(command));
        } finally {
            await(client.close());
        }
    }

    /** What is stored under the service's id: keys, and fields of its partition's hashes. */
    private List<String> storedOf(Service service) throws Exception {
        List<String> stored = new ArrayList<>();
        inRedis(Request.cmd(Command.KEYS).arg("*" + service.id() + "*")).forEach(key -> stored.add(key.toString()));
        int partition = Keys.partition(service.id());
        for (String hash : List.of(Keys.services(partition), Keys.status(partition))) {
            for (String field : inRedis(Request.cmd(Command.HGETALL).arg(hash)).getKeys()) {
                if (field.startsWith(service.id())) {
                    stored.add(hash + " " + field);
                }
            }
        }
        return stored;
    }

    private List<ServiceStatus> statuses() throws Exception {
        return ask(StoreMessage.LOAD_ALL, new LoadAll()).statuses();
    }

    private ServiceStatus status(String id) throws Exception {
        return statuses().stream()
                .filter(status -> status.serviceId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Each entry's outcome and time, oldest first. */
    private List<String> history(String id) throws Exception {
        List<String> entries = new ArrayList<>();
        ask(StoreMessage.READ_HISTORY, new ReadHistory(id, 0, Long.MAX_VALUE, 1000))
                .entries()
                .forEach(entry -> entries.add(
                        0,
                        entry.outcome().status().word() + "@" + (entry.timestamp() - NOON)
                                + (entry.error().isEmpty() ? "" : " " + entry.error())));
        return entries;
    }

    private List<String> historyAt(Service service, String location) throws Exception {
        return history(Locations.idAt(service.id(), location));
    }

    private List<String> transitions() {
        return turned.stream()
                .filter(Event.Turned.class::isInstance)
                .map(event -> ((Event.Turned) event).transition())
                .map(transition -> transition.from() + ">" + transition.to() + "@" + (transition.at() - NOON))
                .toList();
    }

    private List<ServiceStatus> told() {
        return events.stream().flatMap(event -> event.statuses().stream()).toList();
    }

    @Test
    void isDownWhenTwoOfThreeFindItSoAndUpAgainWhenOneOfTheseDoesNot() throws Exception {
        Service service = at("eu", "us", "ap");
        record(service, "eu", 0, Outcome.UP);
        record(service, "us", 10, Outcome.UP);
        record(service, "ap", 20, Outcome.UP);
        record(service, "eu", 60_000, Outcome.TIMEOUT);
        assertThat(status(service.id()).status()).isEqualTo(Status.UP);
        record(service, "us", 60_010, Outcome.CONNECT);
        assertThat(status(service.id()))
                .isEqualTo(new ServiceStatus(
                        service.id(),
                        Outcome.CONNECT,
                        NOON + 60_010,
                        NOON + 60_010,
                        0,
                        123,
                        new Phases(1, 2, 3, 4, 5),
                        "as seen from us"));
        record(service, "ap", 60_020, Outcome.UP);
        assertThat(status(service.id()).status()).isEqualTo(Status.DOWN);
        record(service, "eu", 120_000, Outcome.UP);

        assertThat(status(service.id()).status()).isEqualTo(Status.UP);
        assertThat(history(service.id()))
                .containsExactly("up@0", "up@10", "up@20", "down@60010 as seen from us", "up@120000");
        eventually(() -> assertThat(transitions()).containsExactly("UNKNOWN>UP@0", "UP>DOWN@60010", "DOWN>UP@120000"));
        assertThat(historyAt(service, "eu")).containsExactly("up@0", "down@60000 as seen from eu", "up@120000");
        assertThat(historyAt(service, "us")).containsExactly("up@10", "down@60010 as seen from us");
        assertThat(historyAt(service, "ap")).containsExactly("up@20", "up@60020");
    }

    @Test
    void aMinorityStandsInItsOwnLocationAlone() throws Exception {
        Service service = at("eu", "us", "ap");
        for (int i = 0; i < 4; i++) {
            record(service, "us", i * 60_000L, Outcome.UP);
            record(service, "ap", i * 60_000L + 10, Outcome.UP);
            record(service, "eu", i * 60_000L + 20, Outcome.TIMEOUT);
        }

        assertThat(status(service.id()).status()).isEqualTo(Status.UP);
        assertThat(history(service.id())).hasSize(8).allMatch(entry -> entry.startsWith("up@"));
        assertThat(historyAt(service, "eu")).hasSize(4).allMatch(entry -> entry.startsWith("down@"));
        ServiceStatus eu = status(Locations.idAt(service.id(), "eu"));
        assertThat(eu.status()).isEqualTo(Status.DOWN);
        assertThat(eu.since()).isEqualTo(NOON + 20);
        assertThat(eu.lastChecked()).isEqualTo(NOON + 180_020);
        eventually(() -> assertThat(transitions()).containsExactly("UNKNOWN>UP@0"));
        clock.set(NOON + 180_021);
        assertThat(uptime(service.id()).day()).isEqualTo(1.0);
        assertThat(uptime(Locations.idAt(service.id(), "eu")).day()).isZero();
        assertThat(uptime(Locations.idAt(service.id(), "us")).day()).isEqualTo(1.0);
    }

    private Uptime uptime(String id) throws Exception {
        return ask(StoreMessage.READ_UPTIMES, new ReadUptimes(List.of(id)))
                .reports()
                .get(0)
                .uptime();
    }

    @Test
    void aQuorumOfItsOwnDecides() throws Exception {
        Service service = create("a", Map.of("locations", List.of("eu", "us", "ap"), "quorum", 1));
        record(service, "us", 0, Outcome.UP);
        record(service, "ap", 1, Outcome.UP);
        record(service, "eu", 2, Outcome.TIMEOUT);
        record(service, "us", 3, Outcome.UP);

        assertThat(history(service.id())).containsExactly("up@0", "up@1", "down@2 as seen from eu");
        Service all = ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("quorum", 3)))
                .service();
        record(all, "us", 60_000, Outcome.TIMEOUT);
        record(all, "eu", 60_001, Outcome.TIMEOUT);
        record(all, "ap", 60_002, Outcome.TIMEOUT);
        assertThat(history(service.id()))
                .containsExactly("up@0", "up@1", "down@2 as seen from eu", "down@60002 as seen from ap");
    }

    @Test
    void doesNotCountWhatIsTooOld() throws Exception {
        Service service = at("eu", "us");
        record(service, "us", 0, Outcome.UP);
        record(service, "eu", 1, Outcome.TIMEOUT);
        record(service, "us", MAX_AGE + 2, Outcome.TIMEOUT); // eu is a millisecond too old, leaving a single one down

        assertThat(history(service.id())).containsExactly("up@0");
        assertThat(status(service.id()).lastChecked()).isEqualTo(NOON); // so that it becomes stale
        record(service, "eu", 2 * MAX_AGE + 2, Outcome.CONNECT); // us is just recent enough

        assertThat(history(service.id())).containsExactly("up@0", "down@" + (2 * MAX_AGE + 2) + " as seen from eu");
    }

    @Test
    void oneLocationThatIsUpIsEnoughWhereTheOthersAreNotHeardOf() throws Exception {
        Service service = at("eu", "us", "ap");
        record(service, "us", 0, Outcome.TIMEOUT);
        assertThat(history(service.id())).isEmpty();
        assertThat(status(service.id())).isEqualTo(ServiceStatus.unchecked(service.id()));
        record(service, "eu", 10, Outcome.UP);

        assertThat(history(service.id())).containsExactly("up@10");
    }

    @Test
    void aServiceWithASingleLocationIsAsThatFindsIt() throws Exception {
        Service service = at("eu");
        record(service, "eu", 0, Outcome.TIMEOUT);
        record(service, "eu", 1, Outcome.UP);

        assertThat(history(service.id())).containsExactly("down@0 as seen from eu", "up@1");
        assertThat(historyAt(service, "eu")).isEqualTo(history(service.id()));
    }

    @Test
    void ofTwoAtTheSameTimeTheLaterIsAMillisecondLater() throws Exception {
        Service service = at("eu", "us", "ap");
        record(service, "eu", 5, Outcome.UP);
        record(service, "us", 5, Outcome.UP);
        record(service, "ap", 3, Outcome.UP);

        assertThat(history(service.id())).containsExactly("up@5", "up@6", "up@7");
        assertThat(historyAt(service, "us")).containsExactly("up@5");
        assertThat(historyAt(service, "ap")).containsExactly("up@3");
    }

    @Test
    void writesAResultOnceHoweverOftenItIsSentAndAnswersAsAtFirst() throws Exception {
        Service service = at("eu", "us", "ap");
        record(service, "us", 0, Outcome.UP);
        List<CheckResult> batch = List.of(
                result(service, "eu", 0, Outcome.UP), // accepted, a millisecond later
                result(service, "us", 10, Outcome.TIMEOUT), // a minority
                result(service, "ap", 20, Outcome.TIMEOUT)); // changes the status
        for (CheckResult result : batch) {
            ask(StoreMessage.RECORD, new RecordResult(result));
        }
        List<String> own = history(service.id());
        for (CheckResult result : batch) { // other results were interleaved
            ask(StoreMessage.RECORD, new RecordResult(result));
        }

        assertThat(own).containsExactly("up@0", "up@1", "down@20 as seen from ap");
        assertThat(history(service.id())).isEqualTo(own);
        assertThat(historyAt(service, "eu")).containsExactly("up@0");
        assertThat(historyAt(service, "us")).containsExactly("up@0", "down@10 as seen from us");
        assertThat(historyAt(service, "ap")).containsExactly("down@20 as seen from ap");
        record(service, "ap", 19, Outcome.UP); // an older one
        assertThat(historyAt(service, "ap")).containsExactly("down@20 as seen from ap");
    }

    private ResultWrite first(CheckResult result, long epoch) {
        return new ResultWrite(new Verdict(result, Rules.PLAIN, HealthState.UNCHECKED, true, false), epoch, 1);
    }

    private List<Answer> answers(ResultWrite... writes) throws Exception {
        Response answer =
                inRedis(RecordCommands.record(List.of(writes), HistoryLimits.DEFAULT.ttlSeconds(), new EventCodec()));
        return RecordCommands.replies(answer, List.of(writes)).stream()
                .map(Reply::answer)
                .toList();
    }

    /** Both were judged by the same state, so the second one is a conflict and not a repetition of the first. */
    @Test
    void resultsOfTwoLocationsInOneMillisecondBothCountForTheService() throws Exception {
        Service service = at("eu", "us");
        ResultWrite eu = first(result(service, "eu", 5, Outcome.UP), 0).adoptedBy(HealthState.UNCHECKED);
        ResultWrite us = first(result(service, "us", 5, Outcome.UP), 0).adoptedBy(HealthState.UNCHECKED);

        assertThat(answers(eu)).containsExactly(Answer.WRITTEN);
        assertThat(answers(eu)).containsExactly(Answer.REPEATED);
        assertThat(answers(us)).containsExactly(Answer.OTHER_STATE);
        assertThat(answers(us.adoptedBy(eu.after()))).containsExactly(Answer.WRITTEN);
    }

    @Test
    void aLocationsFenceIsItsOwn() throws Exception {
        Service service = at("eu", "us");
        Service plain = create("plain", Map.of());
        int lease = Partition.leaseAtLocation(Keys.partition(service.id()));
        inRedis(Script.FENCE.call(1).arg(Keys.fence(lease, "eu")).arg(7));
        inRedis(Script.FENCE.call(1).arg(Keys.fence(Keys.partition(plain.id()))).arg(9));
        CheckResult ofPlain = new CheckResult(plain.id(), NOON, Outcome.UP, 200, 1, Phases.NONE, "");

        assertThat(answers(first(result(service, "eu", 0, Outcome.UP), 6), first(ofPlain, 8)))
                .containsExactly(Answer.SUPERSEDED, Answer.SUPERSEDED);
        assertThat(storedOf(service)).noneMatch(stored -> stored.contains("@"));
        assertThat(answers(
                        first(result(service, "eu", 0, Outcome.UP), 7),
                        first(result(service, "us", 5, Outcome.UP), 1),
                        first(ofPlain, 9)))
                .containsExactly(Answer.WRITTEN, Answer.WRITTEN, Answer.WRITTEN);
    }

    @Test
    void resultsWithAndWithoutLocationsGoTogether() throws Exception {
        Service plain = create("plain", Map.of());
        Service service = at("eu", "us");
        Service gone = create("gone", Map.of("locations", List.of("eu")));
        ask(StoreMessage.DELETE_SERVICE, new DeleteService("gone"));
        for (CheckResult result : List.of(
                new CheckResult(plain.id(), NOON, Outcome.UP, 200, 1, Phases.NONE, ""),
                result(service, "us", 0, Outcome.UP),
                result(gone, "eu", 0, Outcome.UP))) {
            bus.send(StoreMessage.RECORD_ALL, Unjudged.results(List.of(result)));
        }
        ask(
                StoreMessage.RECORD,
                new RecordResult(
                        new CheckResult(plain.id(), NOON + 1, Outcome.DNS, 0, 1, Phases.NONE, "no such name")));

        assertThat(history(plain.id())).containsExactly("up@0", "down@1 no such name");
        assertThat(history(service.id())).containsExactly("up@0");
        assertThat(storedOf(gone)).noneMatch(stored -> stored.contains("@"));
    }

    @Test
    void tellsOfTheLocationsWithTheServicesAndLoadsThem() throws Exception {
        Service service = at("eu", "us");
        record(service, "us", 0, Outcome.TIMEOUT);
        record(service, "eu", 1, Outcome.UP);

        eventually(() -> assertThat(told())
                .extracting(ServiceStatus::serviceId)
                .containsExactly(Locations.idAt(service.id(), "us"), Locations.idAt(service.id(), "eu"), service.id()));
        assertThat(statuses()).containsExactlyInAnyOrderElementsOf(told());
        Service fewer = ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("locations", List.of("us"))))
                .service();
        assertThat(fewer.quorum()).isNull();
        assertThat(statuses())
                .extracting(ServiceStatus::serviceId)
                .containsExactlyInAnyOrder(service.id(), Locations.idAt(service.id(), "us"));
    }

    @Test
    void keepsLongErrorsAndTheSameErrorOnceAtALocationToo() throws Exception {
        Service service = at("eu", "us");
        String error = "ü".repeat(300);
        CheckResult long1 = new CheckResult(service.id(), NOON, Outcome.STATUS, 503, 1, Phases.NONE, error);
        ask(StoreMessage.RECORD, new RecordResult(long1.from(Viewpoint.of(service, "eu", INTERVAL))));
        CheckResult long2 = new CheckResult(service.id(), NOON + 60_000, Outcome.STATUS, 503, 1, Phases.NONE, error);
        ask(StoreMessage.RECORD, new RecordResult(long2.from(Viewpoint.of(service, "eu", INTERVAL))));

        String eu = Locations.idAt(service.id(), "eu");
        assertThat(history(eu)).containsExactly("down@0 " + error, "down@60000 " + error);
        assertThat(status(eu).error()).isEqualTo(error);
        long bytes = inRedis(Request.cmd(Command.STRLEN).arg(Keys.history(eu, Keys.day(NOON))))
                .toLong();
        assertThat(bytes).isLessThan(error.getBytes(StandardCharsets.UTF_8).length + 40);
    }

    @Test
    void deletingRemovesAllAndRestoringBringsItBack() throws Exception {
        Service service = at("eu", "us");
        record(service, "eu", 0, Outcome.TIMEOUT);
        record(service, "us", Keys.HOUR_MS, Outcome.UP);
        record(service, "us", 2 * Keys.HOUR_MS, Outcome.UP); // counts of an earlier hour, in a hash
        List<ServiceStatus> before = statuses();
        assertThat(before).hasSize(3);
        assertThat(storedOf(service)).anyMatch(key -> key.contains("rollup:" + service.id() + "@us"));

        ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));
        assertThat(statuses()).isEmpty();
        ask(StoreMessage.RESTORE_SERVICE, new RestoreService(service.id()));
        assertThat(statuses()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(historyAt(service, "eu")).containsExactly("down@0 as seen from eu");
        eventually(() -> assertThat(told())
                .extracting(ServiceStatus::serviceId)
                .endsWith(Locations.idAt(service.id(), "eu"), Locations.idAt(service.id(), "us")));

        ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));
        clock.advance(DeletedServices.KEPT_MS + 1);
        eventually(() -> assertThat(storedOf(service)).isEmpty());
        eventually(() -> assertThat(
                        inRedis(Request.cmd(Command.ZCARD).arg(Keys.DELETED)).toLong())
                .isZero());
    }

    @Test
    void deletingManyRemovesAllToo() throws Exception {
        Service service = at("eu", "us");
        record(service, "eu", 0, Outcome.TIMEOUT);
        record(service, "us", 0, Outcome.UP);
        ask(BulkMessage.DELETE_MATCHING, new DeleteMatching(new Matching(LabelSelector.ALL, Set.of("")), false));

        eventually(() -> assertThat(storedOf(service)).isEmpty());
    }

    @Test
    void clearingHistoryForgetsThatOfLocations() throws Exception {
        Service service = at("eu", "us");
        record(service, "eu", 0, Outcome.TIMEOUT);
        record(service, "us", Keys.HOUR_MS, Outcome.UP);
        record(service, "us", 2 * Keys.HOUR_MS, Outcome.UP);
        clock.set(NOON + 2 * Keys.HOUR_MS);
        ask(StoreMessage.CLEAR_HISTORY, new ClearHistory());

        assertThat(historyAt(service, "us")).isEmpty();
        assertThat(uptime(Locations.idAt(service.id(), "us")).day()).isNull();
        assertThat(storedOf(service)).noneMatch(key -> key.contains("history:") || key.contains("rollup:"));
        assertThat(status(Locations.idAt(service.id(), "eu")).status()).isEqualTo(Status.DOWN);
        // and the result already given is still known
        record(service, "us", 2 * Keys.HOUR_MS, Outcome.UP);
        assertThat(historyAt(service, "us")).isEmpty();
        record(service, "us", 2 * Keys.HOUR_MS + 60_000, Outcome.UP);
        record(service, "us", 2 * Keys.HOUR_MS + 120_000, Outcome.UP);
        assertThat(historyAt(service, "us")).containsExactly("up@7260000", "up@7320000");
    }

    @Test
    void aLocationThatIsTakenOutIsForgottenUnlessItComesBack() throws Exception {
        Service service = at("eu", "us", "ap");
        record(service, "eu", 0, Outcome.UP);
        record(service, "us", 0, Outcome.UP);
        record(service, "ap", 0, Outcome.UP);
        ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("locations", List.of("us"))));
        ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("locations", List.of("us", "ap"))));
        clock.advance(DeletedServices.KEPT_MS + 1);

        eventually(() -> assertThat(
                        inRedis(Request.cmd(Command.ZCARD).arg(Keys.DELETED)).toLong())
                .isZero());
        assertThat(storedOf(service)).noneMatch(stored -> stored.contains("@eu"));
        assertThat(historyAt(service, "ap")).containsExactly("up@0");
        assertThat(historyAt(service, "us")).containsExactly("up@0");
        assertThat(history(service.id())).containsExactly("up@0", "up@1", "up@2");
    }
}
