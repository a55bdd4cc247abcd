package io.openuptimes.store.services;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.bus.Authority;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.BulkMessage.ApplyDeclared;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.Changed;
import io.openuptimes.bus.BulkMessage.DeleteMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServicesChanged;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.model.EntryProblem;
import io.openuptimes.model.EntryProblem.Kind;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Problem;
import io.openuptimes.model.ProblemCode;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.store.StoreTestBase;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.secrets.SecretBox;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk changes through the bus and on a real Redis, including leftovers of a crash. */
class BulkStoreTest extends StoreTestBase {

    private final BlockingQueue<ServicesChanged> events = new LinkedBlockingQueue<>();
    private Redis beside;

    @Override
    protected void listen(Bus bus) {
        bus.listen(EventMessage.SERVICES_CHANGED, events::add);
    }

    @BeforeEach
    void lookBeside() {
        beside = Redis.createClient(vertx, options);
    }

    /** An entry. */
    private static final class Fields extends HashMap<String, Object> {
        private static final long serialVersionUID = 1;
    }

    private static Fields fields(String name, Object... more) {
        Fields fields = new Fields();
        fields.put("name", name);
        fields.put("url", "http://localhost/");
        for (int i = 0; i < more.length; i += 2) {
            fields.put(String.valueOf(more[i]), more[i + 1]);
        }
        return fields;
    }

    private static List<ServiceDraft> drafts(List<? extends Map<String, Object>> entries) {
        ServiceDrafts drafts = new ServiceDrafts(System.currentTimeMillis());
        entries.forEach(drafts::add);
        assertThat(drafts.problems().kept()).isEmpty();
        return drafts.drafts();
    }

    /** Waits for the next published change of services. */
    private ServicesChanged told() throws Exception {
        ServicesChanged event = events.poll(60, TimeUnit.SECONDS);
        assertThat(event).as("told").isNotNull();
        return event;
    }

    private BulkAnswer apply(Fields... entries) throws Exception {
        return ask(BulkMessage.APPLY_BULK, new ApplyBulk(drafts(List.of(entries)), null, false));
    }

    private static void assertCounts(BulkAnswer answer, int created, int changed, int unchanged, int deleted) {
        assertThat(answer).isInstanceOfSatisfying(BulkDone.class, done -> assertThat(
                        List.of(done.created(), done.changed(), done.unchanged(), done.deleted()))
                .containsExactly(created, changed, unchanged, deleted));
    }

    private List<Service> stored() throws Exception {
        return ask(StoreMessage.LOAD_ALL, new LoadAll()).services().stream()
                .sorted(Comparator.comparing(Service::name))
                .toList();
    }

    private Service stored(String name) throws Exception {
        return stored().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() throws Exception {
        return stored().stream().map(Service::name).toList();
    }

    private static LabelSelector labels(String... terms) throws Exception {
        return LabelSelector.parse("label", List.of(terms));
    }

    @Test
    void makesReplacesAndKeeps() throws Exception {
        assertCounts(apply(fields("a"), fields("b"), fields("c")), 3, 0, 0, 0);
        List<Service> before = stored();
        assertThat(told().saved()).containsExactlyInAnyOrderElementsOf(before);

        BulkAnswer answer = apply(fields("a", "timeout", 500, "labels", Map.of("x", "y")), fields("b"), fields("d"));

        assertCounts(answer, 1, 1, 1, 0);
        assertThat(((BulkDone) answer).changedNames())
                .containsExactly(new Changed(before.get(0).id(), "a", List.of("timeout", "labels")));
        assertThat(((BulkDone) answer).createdNames()).containsExactly("d");
        assertThat(names()).containsExactly("a", "b", "c", "d");
        assertThat(stored("a").id()).isEqualTo(before.get(0).id());
        assertThat(stored("a").timeout()).isEqualTo(500);
        assertThat(told().saved()).containsExactlyInAnyOrder(stored("a"), stored("d"));
        assertThat(ask(StoreMessage.LOAD_ALL, new LoadAll()).statuses()).hasSize(4);
    }

    @Test
    void byTheirIdsServicesSwapNames() throws Exception {
        apply(fields("a"), fields("b"), fields("c"));
        String a = stored("a").id();
        String b = stored("b").id();
        String c = stored("c").id();

        assertCounts(apply(fields("b", "id", a), fields("c", "id", b), fields("a", "id", c)), 0, 3, 0, 0);

        assertThat(List.of(stored("b").id(), stored("c").id(), stored("a").id()))
                .containsExactly(a, b, c);
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void aNameThatIsGivenUpIsFreeForANewOne() throws Exception {
        apply(fields("a"));
        String a = stored("a").id();

        assertCounts(apply(fields("a"), fields("z", "id", a)), 1, 1, 0, 0);

        assertThat(stored("z").id()).isEqualTo(a);
        assertThat(stored("a").id()).isNotEqualTo(a);
        assertCounts(apply(fields("y", "id", a)), 0, 1, 0, 0);
        assertThat(ask(StoreMessage.CREATE_SERVICE, new CreateService(fields("z"))))
                .isNotNull();
    }

    @Test
    void aNameOfAnotherIsRefusedAndNothingIsDone() throws Exception {
        apply(fields("a"), fields("b"));
        String a = stored("a").id();
        String b = stored("b").id();
        List<Service> before = stored();

        BulkAnswer answer = apply(fields("new"), fields("b", "id", a));

        assertThat(answer)
                .isEqualTo(new BulkRefused(
                        List.of(new EntryProblem(
                                1,
                                "b",
                                Problem.of(ProblemCode.DUPLICATE, "name", "is already used by another service, " + b),
                                Kind.CONFLICT)),
                        1,
                        Kind.CONFLICT));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void anUnknownIdIsMadeAndACreationTimeIsKept() throws Exception {
        assertCounts(apply(fields("a", "id", "my-own_ID", "createdAt", 1_600_000_000_000L)), 1, 0, 0, 0);
        assertThat(stored("a").id()).isEqualTo("my-own_ID");
        assertThat(stored("a").createdAt()).isEqualTo(1_600_000_000_000L);

        BulkAnswer answer = apply(fields("a", "id", "my-own_ID", "createdAt", 1_600_000_000_001L));

        assertThat(((BulkRefused) answer).problems().get(0).field()).isEqualTo("createdAt");
    }

    @Test
    void whatWasDeletedIsNotRestoredOverAServiceOfItsId() throws Exception {
        apply(fields("a"));
        String id = stored("a").id();
        ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));

        apply(fields("new", "id", id));

        assertThat(await(bus.request(
                                StoreMessage.RESTORE_SERVICE, new io.openuptimes.bus.StoreMessage.RestoreService(id))
                        .map(0)
                        .otherwise(Failures::codeOf)))
                .isEqualTo(Failures.NOT_FOUND);
        assertThat(names()).containsExactly("new");
    }

    @Test
    void deletesWhatIsAbsentWithinASelectorOnly() throws Exception {
        apply(
                fields("a", "labels", Map.of("team", "x")),
                fields("b", "labels", Map.of("team", "x")),
                fields("c", "labels", Map.of("team", "y")),
                fields("d"));
        String b = stored("b").id();
        told();

        BulkAnswer dry = ask(
                BulkMessage.APPLY_BULK,
                new ApplyBulk(drafts(List.of(fields("a"), fields("e"))), labels("team=x"), true));
        assertCounts(dry, 1, 1, 0, 1);
        assertThat(((BulkDone) dry).deletedNames()).containsExactly("b");
        assertThat(names()).containsExactly("a", "b", "c", "d");

        BulkAnswer done = ask(
                BulkMessage.APPLY_BULK,
                new ApplyBulk(drafts(List.of(fields("a"), fields("e"))), labels("team=x"), false));

        assertThat(done).isEqualTo(dry);
        assertThat(names()).containsExactly("a", "c", "d", "e");
        assertThat(told().removedIds()).containsExactly(b);
        eventually(() -> assertThat(await(beside.send(Request.cmd(Command.KEYS).arg("*" + b + "*"))))
                .isEmpty());
        assertCounts(ask(BulkMessage.APPLY_BULK, new ApplyBulk(List.of(), LabelSelector.ALL, false)), 0, 0, 0, 4);
        assertThat(names()).isEmpty();
    }

    @Test
    void theDeclaredOnesAreThoseOfTheFileAndNobodyElseChangesThem() throws Exception {
        apply(fields("a"), fields("own"));
        String a = stored("a").id();

        assertCounts(declare(fields("a"), fields("b")), 1, 1, 0, 0);

        assertThat(stored("a").id()).isEqualTo(a);
        assertThat(stored("a").declared()).isTrue();
        assertThat(stored("own").declared()).isFalse();
        assertThat(apply(fields("new"), fields("a", "timeout", 500)))
                .isEqualTo(new BulkRefused(
                        List.of(new EntryProblem(
                                1,
                                "a",
                                Problem.of(ProblemCode.READ_ONLY, "declared", BulkPlan.DECLARED),
                                Kind.CONFLICT)),
                        1,
                        Kind.CONFLICT));
        assertCounts(apply(fields("a"), fields("own")), 0, 0, 2, 0); // unchanged
        assertCounts(ask(BulkMessage.APPLY_BULK, new ApplyBulk(List.of(), LabelSelector.ALL, true)), 0, 0, 0, 1);
        for (Future<?> refused : List.of(
                bus.request(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("group", "x"))),
                bus.request(StoreMessage.DELETE_SERVICE, new DeleteService("a")))) {
            assertThat(await(refused.map(0).otherwise(Failures::codeOf))).isEqualTo(Failures.CONFLICT);
        }

        assertCounts(declare(fields("b"), fields("c")), 1, 0, 1, 1);
        assertThat(names()).containsExactly("b", "c", "own");
        assertCounts(declare(), 0, 0, 0, 2);
        assertThat(names()).containsExactly("own");
    }

    private BulkAnswer declare(Fields... entries) throws Exception {
        return ask(BulkMessage.APPLY_DECLARED, new ApplyDeclared(List.of(entries)));
    }

    @Test
    void changesAndDeletesAllThatMatch() throws Exception {
        apply(
                fields("a", "labels", Map.of("team", "x"), "group", "G"),
                fields("b", "labels", Map.of("team", "x"), "group", "H"),
                fields("c", "labels", Map.of("team", "y"), "group", "G"));
        Matching matching = new Matching(labels("team=x"), Set.of("G", "H"));

        BulkAnswer dry = ask(
                BulkMessage.CHANGE_MATCHING,
                new ChangeMatching(matching, Map.of("timeout", 700, "paused", true), true));
        assertCounts(dry, 0, 2, 0, 0);
        assertThat(stored("a").paused()).isFalse();
        assertThat(ask(
                        BulkMessage.CHANGE_MATCHING,
                        new ChangeMatching(matching, Map.of("timeout", 700, "paused", true), false)))
                .isEqualTo(dry);
        assertThat(stored().stream().map(Service::timeout)).containsExactly(700, 700, 10_000);

        assertCounts(
                ask(BulkMessage.DELETE_MATCHING, new DeleteMatching(new Matching(labels(), Set.of("G")), false)),
                0,
                0,
                0,
                2);
        assertThat(names()).containsExactly("b");
    }

    @Test
    void singleChangesAndReadersWaitForTheirTurn() throws Exception {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(fields("s" + i));
        }
        Future<BulkAnswer> bulk = bus.request(BulkMessage.APPLY_BULK, new ApplyBulk(drafts(many), null, false));
        Future<Integer> seen = bus.request(StoreMessage.LOAD_ALL, new LoadAll())
                .map(all -> all.services().size());
        Future<?> taken = bus.request(StoreMessage.CREATE_SERVICE, new CreateService(fields("s2999")));

        assertThat(await(seen)).isEqualTo(3_000);
        assertThat(await(taken.map(0).otherwise(Failures::codeOf))).isEqualTo(Failures.CONFLICT);
        BulkDone done = (BulkDone) await(bulk);
        assertThat(done.createdNames()).hasSize(1_000);
        assertThat(done.truncated()).isTrue();
    }

    /** The chunks of a change that creates one service, renames another and deletes a third. */
    private BulkChunks interrupted() throws Exception {
        apply(fields("renamed"), fields("deleted"), fields("kept"));
        List<ServiceDraft> drafts = drafts(List.of(
                fields("made"), fields("as it is now", "id", stored("renamed").id())));
        Map<String, Service> byId = new HashMap<>();
        Map<String, String> idByName = new HashMap<>();
        stored().forEach(service -> {
            byId.put(service.id(), service);
            idByName.put(service.name(), service.id());
        });
        BulkPlan plan = new BulkPlan(Authority.FULL, 1)
                .upsert(
                        drafts,
                        new BulkPlan.Known(byId, idByName),
                        List.of(stored("deleted")),
                        false,
                        1_700_000_000_000L);
        return new BulkChunks(plan, new ServiceCodec(new SecretBox(KeyRing.none())));
    }

    private void journal(BulkChunks chunks) throws Exception {
        for (int i = 0; i < chunks.size(); i++) {
            await(beside.send(Request.cmd(Command.RPUSH)
                    .arg(Keys.BULK_CHUNKS)
                    .arg(chunks.get(i).encode())));
        }
    }

    @Test
    void whatWasCommittedBeforeACrashIsDoneAsAWholeAtTheStart() throws Exception {
        BulkChunks chunks = interrupted();
        assertThat(chunks.size()).isEqualTo(3);
        for (int applied = 0; applied <= chunks.size(); applied++) {
            undeployStore();
            journal(chunks);
            await(beside.send(Request.cmd(Command.SET).arg(Keys.BULK_COMMITTED).arg(chunks.size())));
            for (int i = 0; i < applied; i++) {
                await(beside.batch(chunks.get(i).commands("")));
            }

            deployStore();

            assertThat(names()).containsExactly("as it is now", "kept", "made");
            assertThat(await(beside.send(Request.cmd(Command.EXISTS)
                                    .arg(Keys.BULK_COMMITTED)
                                    .arg(Keys.BULK_CHUNKS)))
                            .toInteger())
                    .isZero();
            Response newest = await(beside.send(Request.cmd(Command.XREVRANGE)
                    .arg(Keys.EVENTS)
                    .arg("+")
                    .arg("-")
                    .arg("COUNT")
                    .arg(1)));
            assertThat(newest.get(0).get(1).toString()).contains("anew"); // subscribers reload it
            Response names = await(beside.send(Request.cmd(Command.HKEYS).arg(Keys.NAMES)));
            assertThat(names).extracting(Response::toString).containsExactlyInAnyOrder("as it is now", "kept", "made");
        }
    }

    @Test
    void whatWasNotCommittedBeforeACrashIsAsIfItHadNotBeen() throws Exception {
        BulkChunks chunks = interrupted();
        List<Service> before = stored();
        undeployStore();
        journal(chunks);

        deployStore();

        assertThat(stored()).isEqualTo(before);
        assertCounts(apply(fields("kept")), 0, 0, 1, 0);
        assertThat(await(beside.send(Request.cmd(Command.EXISTS).arg(Keys.BULK_CHUNKS)))
                        .toInteger())
                .isZero();
    }
}
