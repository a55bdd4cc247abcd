package io.openuptimes.store.nodes;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Node;
import io.openuptimes.model.Partition;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.DataIdentity;
import io.openuptimes.store.link.Link;
import io.openuptimes.store.link.Links;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes on one real Redis, without checks; and the script alone for timing. */
class MembershipTest {

    /** Long, so that no node seems dead on a busy machine. */
    private static final NodeTiming PATIENT = new NodeTiming(50, 120_000, 600_000);
    /** For detecting dead nodes. */
    private static final NodeTiming SHORT = new NodeTiming(50, 6_000, 600_000);

    @TempDir
    private Path dir;

    private final Vertx vertx = App.vertx();
    private final List<TestNode> nodes = new ArrayList<>();
    private RestartableRedis server;
    private RedisOptions redis;
    private WorkerExecutor workers;

    @BeforeEach
    void startRedis() throws Exception {
        server = new RestartableRedis(dir);
        server.start();
        redis = RedisClients.options(server.url(), null);
        workers = vertx.createSharedWorkerExecutor("test");
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        server.close();
    }

    /** A node that records the calls to its checks. */
    private final class TestNode implements Membership.Checks {

        final Context loop = ((VertxInternal) vertx).createEventLoopContext();
        final Set<Integer> held = new ConcurrentSkipListSet<>();
        final List<Integer> lost = new CopyOnWriteArrayList<>();
        final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Membership membership;
        Link queries;
        volatile boolean busy;
        final List<Promise<Void>> ends = new CopyOnWriteArrayList<>();

        TestNode(String id, NodeTiming timing, boolean alone) throws Exception {
            this(id, null, timing, alone);
        }

        TestNode(String id, @Nullable String location, NodeTiming timing, boolean alone) throws Exception {
            nodes.add(this);
            run(() -> {
                Links links = new Links(vertx, redis, Script.loads(), new DataIdentity(Keys.SETTINGS));
                queries = links.to("queries of " + id, () -> {}, () -> {});
                queries.open();
                membership = new Membership(
                        vertx,
                        links,
                        id,
                        alone,
                        timing,
                        new NodeRecord(id, location, "1", 5, List::of),
                        new StoredHealth(queries, workers),
                        this,
                        new NodeMetrics(metrics));
                membership.join();
                return null;
            });
        }

        <T> T run(Callable<T> work) {
            return await(loop, work);
        }

        void leave() {
            Promise<Void> left = Promise.promise();
            loop.runOnContext(run -> membership.leave().onComplete(left));
            await(left.future());
            nodes.remove(this);
        }

        /** Stops responding, as if killed. */
        void die() {
            run(() -> {
                membership.kill();
                return null;
            });
            nodes.remove(this);
        }

        @Override
        public void gained(List<Integer> partitions, Map<String, HealthState> states) {
            held.addAll(partitions);
        }

        @Override
        public Future<?> giveUp(int partition) {
            held.remove(partition);
            if (!busy) {
                return Future.succeededFuture();
            }
            Promise<Void> end = Promise.promise();
            ends.add(end);
            return end.future();
        }

        @Override
        public void lost(List<Integer> partitions) {
            partitions.forEach(held::remove);
            lost.addAll(partitions);
        }

        @Override
        public Future<ScheduleReport> report() {
            return Future.failedFuture("no checks");
        }

        @Override
        public int queued() {
            return 0;
        }

        @Override
        public void company() {}
    }

    /** Each partition is checked by exactly one node. */
    private void assertShared(int... shares) throws Exception {
        eventually(() -> {
            Set<Integer> all = new TreeSet<>();
            List<Integer> sizes = new ArrayList<>();
            for (TestNode node : nodes) {
                assertThat(node.held).noneMatch(all::contains);
                all.addAll(node.held);
                sizes.add(node.held.size());
            }
            assertThat(sizes)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(shares).boxed().toList());
            assertThat(all).hasSize(Partition.COUNT);
        });
    }

    /** The number of a node's partitions for services without a location, and for those at its own location. */
    private static List<Integer> shares(TestNode node) {
        List<Integer> held = List.copyOf(node.held);
        int there = (int) held.stream().filter(Partition::isAtLocation).count();
        return List.of(held.size() - there, there);
    }

    @Test
    void theNodesOfALocationShareItsPartitionsAmongThemselves() throws Exception {
        TestNode nowhere = new TestNode("nowhere", PATIENT, false);
        TestNode eu = new TestNode("eu", "eu", PATIENT, false);
        eventually(() -> {
            assertThat(shares(eu)).containsExactly(128, 256);
            assertThat(shares(nowhere)).containsExactly(128, 0);
        });

        TestNode us = new TestNode("us", "us", PATIENT, false);
        TestNode eu2 = new TestNode("eu2", "eu", PATIENT, false);
        eventually(() -> {
            assertThat(shares(nowhere)).containsExactly(64, 0);
            assertThat(shares(eu)).containsExactly(64, 128);
            assertThat(shares(eu2)).containsExactly(64, 128);
            assertThat(shares(us)).containsExactly(64, 256);
        });
        assertThat(eu.held).filteredOn(Partition::isAtLocation).noneMatch(eu2.held::contains);
        eventually(() -> assertThat(us.run(() -> us.membership.nodes()).nodes())
                .extracting(Node::partitions)
                .containsExactly(64, 64, 64, 64));

        eu.leave();
        eventually(() -> assertThat(shares(eu2).get(1)).isEqualTo(256));
        us.leave(); // and no other node is there
        eventually(() -> assertThat(shares(nowhere)).containsExactly(128, 0));
        eventually(() -> assertThat(shares(eu2)).containsExactly(128, 256));
    }

    private void inRedis(Request... commands) throws Exception {
        Redis client = Redis.createClient(vertx, redis);
        await(client.batch(List.of(commands)));
        await(client.close());
    }

    @Test
    void sharesAreFairAndWhoLeavesGivesItsOwnBack() throws Exception {
        TestNode a = new TestNode("a", PATIENT, false);
        assertShared(256);
        new TestNode("b", PATIENT, false);
        assertShared(128, 128);
        new TestNode("c", PATIENT, false);
        assertShared(85, 85, 86);
        eventually(() -> assertThat(
                        nodes.get(2).run(() -> nodes.get(2).membership.nodes()).nodes())
                .extracting(Node::name)
                .containsExactly("a", "b", "c"));

        a.leave();

        assertShared(128, 128);
        eventually(() -> assertThat(
                        nodes.get(0).run(() -> nodes.get(0).membership.nodes()).nodes())
                .extracting(Node::name, Node::live, Node::self, Node::partitions)
                .containsExactly(tuple("b", true, true, 128), tuple("c", true, false, 128)));
        assertThat(nodes).allSatisfy(node -> assertThat(node.lost).isEmpty());
    }

    @Test
    void nothingIsGivenBackWhileItIsUnderWay() throws Exception {
        TestNode a = new TestNode("a", PATIENT, false);
        assertShared(256);
        a.busy = true;
        TestNode b = new TestNode("b", PATIENT, false);
        eventually(() -> assertThat(a.ends).hasSize(128));
        assertThat(a.held).hasSize(128);
        assertThat(b.held).isEmpty();

        a.run(() -> a.ends.remove(0).tryComplete());

        eventually(() -> assertThat(b.held).hasSize(1));
        a.run(() -> {
            a.ends.forEach(Promise::tryComplete);
            return null;
        });
        assertShared(128, 128);
    }

    @Test
    void whoDiesLosesItAllToTheOthers() throws Exception {
        TestNode a = new TestNode("a", SHORT, false);
        assertShared(256);
        TestNode b = new TestNode("b", SHORT, false);
        assertShared(128, 128);
        a.die();
        assertThat(b.held).hasSize(128);
        assertShared(256);
        eventually(() -> assertThat(b.run(() -> b.membership.nodes()).nodes())
                .extracting(Node::name, Node::live)
                .containsExactly(tuple("b", true), tuple("a", false)));
    }

    @Test
    void afterAnOutageAllHaveWhatTheyHad() throws Exception {
        TestNode a = new TestNode("a", SHORT, false);
        assertShared(256);
        TestNode b = new TestNode("b", SHORT, false);
        assertShared(128, 128);
        Map<TestNode, Set<Integer>> before = new HashMap<>();
        nodes.forEach(node -> before.put(node, Set.copyOf(node.held)));

        server.stop();
        Thread.sleep(SHORT.ttlMs() + 500); // the fault itself: no node can be heard for longer than the allowed silence
        server.start();

        for (TestNode node : List.of(a, b)) {
            eventually(() -> assertThat(node.run(() -> node.membership.nodes().nodes().stream()
                            .filter(Node::live)
                            .count()))
                    .isEqualTo(2));
            assertThat(node.held).isEqualTo(before.get(node));
            assertThat(node.lost).isEmpty();
        }
    }

    @Test
    void anEmptyRedisIsToldWhoHasWhat() throws Exception {
        TestNode a = new TestNode("a", PATIENT, false);
        assertShared(256);
        TestNode b = new TestNode("b", PATIENT, false);
        assertShared(128, 128);
        Map<TestNode, Set<Integer>> before = new HashMap<>();
        nodes.forEach(node -> before.put(node, Set.copyOf(node.held)));

        // as if another server had taken over: connections close and the data is gone
        inRedis(
                Request.cmd(Command.FLUSHALL),
                Request.cmd(Command.CLIENT)
                        .arg("KILL")
                        .arg("TYPE")
                        .arg("normal")
                        .arg("SKIPME")
                        .arg("yes"));

        for (TestNode node : List.of(a, b)) {
            eventually(() -> assertThat(node.run(() -> node.membership.nodes().nodes()))
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.partitions()).isEqualTo(128)));
            assertThat(node.held).isEqualTo(before.get(node));
            assertThat(node.lost).isEmpty();
        }
        new TestNode("c", PATIENT, false);
        assertShared(85, 85, 86);
    }

    @Test
    void fencesOfALaterEpochThanAnyLeaseAreGotOver() throws Exception {
        inRedis(Request.cmd(Command.SET).arg(Keys.fence(7, null)).arg(1_000_000));
        TestNode a = new TestNode("a", PATIENT, false);
        assertShared(256);
        assertThat(a.<Long>run(() -> a.membership.epoch(7))).isGreaterThan(1_000_000);
    }

    @Test
    void whoIsAloneTakesOverFromTheRunBeforeAtOnce() throws Exception {
        TestNode before = new TestNode("before", PATIENT, true);
        assertShared(256);
        before.die();
        new TestNode("after", PATIENT, true);
        assertShared(256);
    }
}
