package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Address;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyBulk;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.RestoreService;
import io.openuptimes.config.Settings;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceDraft;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.model.ServiceTag;
import io.openuptimes.store.data.Keys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two stores changing the same services concurrently: the outcome equals a sequential execution. */
abstract class TwoStoresContract {

    static final int DONE = 0;

    static final class Node implements AutoCloseable {

        final Vertx vertx = App.vertx();
        final Bus bus = Bus.of(vertx);

        Node(RedisOptions redis) throws Exception {
            await(vertx.deployVerticle(new StoreVerticle(
                    new Settings.Store(10_000, 50), redis, Clock.systemUTC(), new SimpleMeterRegistry())));
            eventually(this::all);
        }

        <Q extends Message, A extends Message> Future<A> ask(Address<Q, A> address, Q message) {
            return bus.request(address, message, 60_000);
        }

        /** 0 on success, else the failure's code. */
        <Q extends Message, A extends Message> Future<Integer> code(Address<Q, A> address, Q message) {
            return ask(address, message).map(DONE).otherwise(Failures::codeOf);
        }

        Service create(String name) {
            return await(ask(StoreMessage.CREATE_SERVICE, new CreateService(fields(name))))
                    .service();
        }

        Future<Integer> patch(String name, Map<String, Object> fields) {
            return code(StoreMessage.PATCH_SERVICE, new PatchService(name, fields));
        }

        Future<Integer> delete(String name) {
            return code(StoreMessage.DELETE_SERVICE, new DeleteService(name));
        }

        Future<BulkAnswer> patchAll(Map<String, Object> fields) {
            return ask(
                    BulkMessage.CHANGE_MATCHING,
                    new ChangeMatching(new Matching(LabelSelector.ALL, Set.of()), fields, false));
        }

        List<Service> all() {
            return await(ask(StoreMessage.LOAD_ALL, new LoadAll())).services();
        }

        Service only() {
            assertThat(all()).hasSize(1);
            return all().get(0);
        }

        @Override
        public void close() {
            await(vertx.close());
        }
    }

    private Vertx vertx;
    Redis beside;
    Node a;
    Node b;

    /** The empty servers, as the first store connects to them. */
    abstract RedisOptions emptyServers() throws Exception;

    /** The same servers, as the other store connects to them. */
    abstract RedisOptions ofTheOther();

    abstract void stopServers() throws Exception;

    @BeforeEach
    void start() throws Exception {
        RedisOptions options = emptyServers();
        vertx = Vertx.vertx();
        beside = Redis.createClient(vertx, options);
        a = new Node(options);
        b = new Node(ofTheOther());
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        await(vertx.close());
        stopServers();
    }

    private static Map<String, Object> fields(String name) {
        return Map.of("name", name, "url", "http://localhost:9/", "paused", true);
    }

    static List<ServiceDraft> drafts(int from, int to) {
        ServiceDrafts drafts = new ServiceDrafts(System.currentTimeMillis());
        for (int i = from; i < to; i++) {
            drafts.add(fields("s" + i));
        }
        return drafts.drafts();
    }

    Response redis(Command command, Object... args) {
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(String.valueOf(arg));
        }
        return await(beside.send(request));
    }

    /** Nothing is left over: no name without a service, no service without a name, no marks. */
    void assertWhole() throws Exception {
        eventually(() -> {
            List<String> ids = new ArrayList<>();
            for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
                redis(Command.HKEYS, Keys.services(partition)).forEach(id -> ids.add(id.toString()));
                assertThat(redis(Command.EXISTS, Keys.closed(partition)).toInteger())
                        .isZero();
            }
            List<Service> all = a.all();
            assertThat(ids)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(Service::id).toList());
            assertThat(redis(Command.HKEYS, Keys.NAMES))
                    .extracting(Response::toString)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(Service::name).toList());
            assertThat(redis(Command.EXISTS, Keys.NAMES_CLOSED).toInteger()).isZero();
            assertThat(redis(
                                    Command.EXISTS,
                                    Keys.CHANGES_LOCK,
                                    Keys.CHANGES_HELD,
                                    Keys.BULK_CHUNKS,
                                    Keys.BULK_COMMITTED)
                            .toInteger())
                    .isZero();
        });
        assertThat(b.all()).containsExactlyInAnyOrderElementsOf(a.all());
    }

    @Test
    void noPatchOfTwoIsLost() throws Exception {
        a.create("s");
        for (int round = 1; round <= 200; round++) {
            Future<Integer> timeout = a.patch("s", Map.of("timeout", 1_000 + round));
            Future<Integer> interval = b.patch("s", Map.of("interval", round));
            Future<Integer> group = a.patch("s", Map.of("group", "g" + round));

            assertThat(List.of(await(timeout), await(interval), await(group))).containsOnly(DONE);
            Service now = b.only();
            assertThat(now.timeout()).isEqualTo(1_000 + round);
            assertThat(now.interval()).isEqualTo(round);
            assertThat(now.group()).isEqualTo("g" + round);
        }
        assertWhole();
    }

    @Test
    void ofTwoThatChangeWhatTheyKnowOneDoes() throws Exception {
        for (int round = 1; round <= 50; round++) {
            String name = "s" + round;
            Set<String> tag = Set.of(ServiceTag.of(a.create(name)));
            Future<Integer> one =
                    a.code(StoreMessage.PATCH_SERVICE, new PatchService(name, Map.of("timeout", 500), tag));
            Future<Integer> other =
                    b.code(StoreMessage.PATCH_SERVICE, new PatchService(name, Map.of("timeout", 600), tag));

            assertThat(List.of(await(one), await(other))).containsExactlyInAnyOrder(DONE, Failures.CHANGED);
        }
        assertWhole();
    }

    @Test
    void manyAtOnceFromBothAndSinglesBetweenThem() throws Exception {
        Future<BulkAnswer> low = a.ask(BulkMessage.APPLY_BULK, new ApplyBulk(drafts(0, 300), null, false));
        Future<BulkAnswer> high = b.ask(BulkMessage.APPLY_BULK, new ApplyBulk(drafts(200, 500), null, false));
        int created = ((BulkDone) await(low)).created() + ((BulkDone) await(high)).created();
        assertThat(created).isEqualTo(500);
        assertThat(a.all()).hasSize(500);

        for (int round = 1; round <= 2; round++) {
            List<Future<?>> changes = new ArrayList<>();
            changes.add(a.patchAll(Map.of("timeout", 1_000 + round)));
            changes.add(b.patchAll(Map.of("interval", round)));
            for (int i = 0; i < 8; i++) {
                changes.add(a.patch("s" + i, Map.of("group", "g" + round)));
                changes.add(b.patch("s" + i, Map.of("description", "d" + round)));
            }
            changes.forEach(change -> await(change));
            for (Service service : b.all()) {
                assertThat(service.timeout()).isEqualTo(1_000 + round);
                assertThat(service.interval()).isEqualTo(round);
                if (Integer.parseInt(service.name().substring(1)) < 8) {
                    assertThat(service.group()).isEqualTo("g" + round);
                    assertThat(service.description()).isEqualTo("d" + round);
                }
            }
        }
        assertWhole();
    }

    @Test
    void aDeletedServiceIsNotBroughtBackByAPatch() throws Exception {
        for (int round = 0; round < 40; round++) {
            a.create("s");
            Future<Integer> patched = a.patch("s", Map.of("timeout", 700));
            Future<Integer> deleted = b.delete("s");
            Future<Integer> deletedToo = a.delete("s");

            assertThat(List.of(await(deleted), await(deletedToo))).containsExactlyInAnyOrder(DONE, Failures.NOT_FOUND);
            assertThat(await(patched)).isIn(DONE, Failures.NOT_FOUND);
            assertThat(a.all()).isEmpty();
        }
        assertWhole();
    }

    @Test
    void aNameIsOnesWhoeverWantsIt() throws Exception {
        for (int round = 0; round < 25; round++) {
            String x = "x" + round;
            String y = "y" + round;
            List<Future<Integer>> made = List.of(
                    a.code(StoreMessage.CREATE_SERVICE, new CreateService(fields(x))),
                    b.code(StoreMessage.CREATE_SERVICE, new CreateService(fields(x))));
            assertThat(made.stream().map(answer -> await(answer)).toList())
                    .containsExactlyInAnyOrder(DONE, Failures.CONFLICT);
            a.create(y);

            String z = "z" + round;
            Map<String, Object> toZ = Map.of("name", z);
            List<Future<Integer>> renamed = List.of(a.patch(x, toZ), b.patch(y, toZ));
            assertThat(renamed.stream().map(answer -> await(answer)).toList())
                    .containsExactlyInAnyOrder(DONE, Failures.CONFLICT);

            List<Future<Integer>> twice = List.of(a.patch(z, Map.of("name", "v")), b.patch(z, Map.of("name", "w")));
            assertThat(twice.stream().map(answer -> await(answer)).toList())
                    .containsExactlyInAnyOrder(DONE, Failures.NOT_FOUND);
            assertThat(a.all()).hasSize(2);
            for (Service service : a.all()) {
                assertThat(await(b.delete(service.name()))).isEqualTo(DONE);
            }
        }
        assertWhole();
    }

    @Test
    void whatIsRestoredByBothIsRestoredOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = a.create("s").id();
            await(a.delete("s"));

            List<Future<Integer>> back = List.of(
                    a.code(StoreMessage.RESTORE_SERVICE, new RestoreService(id)),
                    b.code(StoreMessage.RESTORE_SERVICE, new RestoreService(id)));
            assertThat(back.stream().map(answer -> await(answer)).toList())
                    .containsExactlyInAnyOrder(DONE, Failures.NOT_FOUND);
            assertThat(b.only().id()).isEqualTo(id);
            await(b.delete("s"));
        }
        assertWhole();
    }
}
