package io.openuptimes.store.command;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.CompleteSetup;
import io.openuptimes.bus.AccessMessage.SaveKey;
import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.RecordAudit;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ChangeMatching;
import io.openuptimes.bus.BulkMessage.Matching;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.JoinNodes;
import io.openuptimes.bus.SiteMessage;
import io.openuptimes.bus.SiteMessage.ChangeSite;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.HistoryTtl;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.config.Settings;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.AuditActor;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.KeyLimits;
import io.openuptimes.model.LabelSelector;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Logo;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.openuptimes.store.StoreTestBase;
import io.openuptimes.store.StoreVerticle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.secrets.KeyRing;
import io.openuptimes.store.secrets.NodeKeys;
import io.openuptimes.testing.ManualClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of the embedded Redis, taken while its node runs, and restored to another store. */
abstract class BackupContract extends StoreTestBase {

    private static final int SERVICES = 12;
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final long DAY = Keys.DAY_MS;
    /** Four days ago, so that there are complete days. */
    private static final long BEGIN = (Keys.day(System.currentTimeMillis()) - 4) * DAY + DAY / 2;

    private final ManualClock clock = new ManualClock(BEGIN);
    private final AtomicLong recorded = new AtomicLong(BEGIN);
    private final List<Side> sides = new ArrayList<>();
    private NodeKeys keys;
    private String deployment;

    @TempDir
    private Path dir;

    private RedisOptions target;
    private CommandLink source;
    private CommandLink into;

    /** The empty store to restore to. */
    abstract RedisOptions emptyTarget() throws Exception;

    /** The same with more permissions than the store has. */
    RedisOptions beside() {
        return target;
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    /** As with the embedded Redis: no other nodes are expected. */
    @Override
    protected void deployStore() throws Exception {
        keys = NodeKeys.of(KEY, List.of(), null);
        deployment = await(vertx.deployVerticle(store(options, true, keys)));
        eventually(() -> ask(StoreMessage.LOAD_ALL, new LoadAll()));
    }

    private StoreVerticle store(RedisOptions redis, boolean alone, NodeKeys keys) {
        return new StoreVerticle(
                new Settings.Store(10_000, 50),
                new Settings.Node("node", null),
                redis,
                alone,
                keys,
                clock,
                new SimpleMeterRegistry());
    }

    @BeforeEach
    void openCommands() throws Exception {
        target = emptyTarget();
        source = new CommandLink(options, clock);
        into = new CommandLink(target, clock);
    }

    @AfterEach
    void closeCommands() {
        sides.forEach(Side::close);
        source.close();
        into.close();
    }

    /** A node on the restored store. */
    private final class Side implements AutoCloseable {
        final Vertx vertx = App.vertx();
        final Bus bus = Bus.of(vertx);

        Side() {
            sides.add(this);
        }

        Side start() throws Exception {
            await(vertx.deployVerticle(store(target, false, keys)));
            eventually(() -> await(bus.request(StoreMessage.LOAD_ALL, new LoadAll())));
            return this;
        }

        @Override
        public void close() {
            await(vertx.close());
        }
    }

    private StoreContents restored() throws Exception {
        Side side = new Side().start();
        StoreContents contents = StoreContents.of(side.bus);
        side.close();
        return contents;
    }

    private Service create(String name, Object... more) {
        Map<String, Object> fields = new HashMap<>(Map.of("name", name, "url", "http://localhost/"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(String.valueOf(more[i]), more[i + 1]);
        }
        return ask(StoreMessage.CREATE_SERVICE, new CreateService(fields)).service();
    }

    private CheckResult result(Service service, long at, boolean up) {
        return new CheckResult(
                service.id(),
                at,
                up ? Outcome.UP : Outcome.CONNECT,
                up ? 200 : 0,
                20,
                new Phases(1, 2, 3, 4, 5),
                up ? "" : "refused");
    }

    /** Records a result for each service; each round, some go down and others recover. */
    private Future<Void> round(List<Service> services) {
        long at = recorded.addAndGet(1_000);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            CheckResult result = result(services.get(i), at, (at / 1_000 + i) % 3 != 0);
            results.add(bus.request(StoreMessage.RECORD, new RecordResult(result)));
        }
        return Future.all(results).mapEmpty();
    }

    private List<Service> fill() {
        ask(
                AccessMessage.COMPLETE_SETUP,
                new CompleteSetup(
                        "hash",
                        "Site",
                        new ApiKey("k0", "first", Scope.ADMIN, KeyLimits.NONE, "ou_0", "hash0", BEGIN, 0)));
        ask(StoreMessage.SET_HISTORY_TTL, new HistoryTtl(0));
        ask(
                SiteMessage.CHANGE_SITE,
                new ChangeSite(null, "#123456", "foot", new Logo("image/png", "v1", "AAAA"), List.of("b", "a")));
        ask(
                AccessMessage.SAVE_KEY,
                new SaveKey(new ApiKey("k1", "one", Scope.ADMIN, KeyLimits.NONE, "ou_1", "hash", BEGIN, 0)));
        ask(
                AuditMessage.RECORD_AUDIT,
                new RecordAudit(new AuditEntry(
                        "",
                        BEGIN,
                        "patchService",
                        new AuditActor("key", "ou_1"),
                        "192.0.2.7",
                        "x",
                        Map.of("interval", 60),
                        Map.of("interval", 30),
                        Map.of(),
                        false)));
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add(create("service " + i, "headers", Map.of("Authorization", "secret " + i)));
        }
        create("unchecked", "labels", Map.of("a", "b"));
        for (int day = 0; day <= 4; day++) {
            recorded.set(BEGIN + day * DAY);
            clock.set(recorded.get());
            await(round(services));
            await(round(services));
            await(round(services));
        }
        return services;
    }

    private Path backup() {
        Path file = dir.resolve("backup");
        source.backup(file);
        return file;
    }

    @Test
    void everything_comes_back() throws Exception {
        List<Service> services = fill();
        StoreContents before = StoreContents.of(bus);
        Path file = dir.resolve("backup");
        assertThat(source.backup(file)).satisfies(summary -> {
            assertThat(summary.services()).isEqualTo(SERVICES + 1);
            assertThat(summary.days()).isEqualTo(5 * SERVICES);
            assertThat(summary.bytes()).isEqualTo(Files.size(file));
            assertThat(summary.secretKeys())
                    .containsExactlyElementsOf(keys.ring().ids());
        });

        into.restore(file, false, keys.ring());

        Side side = new Side().start();
        assertThat(StoreContents.of(side.bus)).usingRecursiveComparison().isEqualTo(before);
        // and checks continue on schedule
        Service first = services.get(0);
        CheckResult next = result(first, recorded.get() + 1_000, true);
        await(side.bus.request(StoreMessage.RECORD, new RecordResult(next)));
        assertThat(StoreContents.history(side.bus, first.id()))
                .hasSize(before.histories().get(first.id()).size() + 1);
    }

    @Test
    void what_was_restored_is_backed_up_and_restored_where_it_came_from() throws Exception {
        fill();
        StoreContents before = StoreContents.of(bus);
        into.restore(backup(), false, keys.ring());
        Path second = dir.resolve("second");
        into.backup(second);
        await(vertx.undeploy(deployment));

        source.restore(second, true, keys.ring());

        deployStore();
        assertThat(StoreContents.of(bus)).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void a_backup_taken_while_checks_run_and_services_change_has_each_service_as_it_was_at_one_moment()
            throws Exception {
        List<Service> services = new ArrayList<>(fill());
        services.add(create("somewhere", "locations", List.of("paris")));
        Set<String> names = Set.copyOf(StoreContents.of(bus).services().values().stream()
                .map(Service::name)
                .toList());
        List<Future<?>> changes = new ArrayList<>();
        source.see(link -> new HookLink(link, (call, commands) -> {
            switch (call) {
                case 40 -> changes.add(change("service 1"));
                case 80 ->
                    changes.add(bus.request(
                            StoreMessage.CREATE_SERVICE,
                            new CreateService(Map.of("name", "late", "url", "http://localhost/"))));
                case 120 ->
                    changes.add(bus.request(
                            BulkMessage.CHANGE_MATCHING,
                            new ChangeMatching(
                                    new Matching(LabelSelector.ALL, Set.of()), Map.of("description", "all"), false)));
                case 160 -> changes.add(bus.request(StoreMessage.DELETE_SERVICE, new DeleteService("service 2")));
                default -> {}
            }
            boolean past = call > 2 * Keys.PARTITIONS;
            return past || call % 32 == 0 ? round(services) : Future.succeededFuture();
        }));
        Path file = backup();
        assertThat(await(Future.join(changes)).succeeded()).isTrue();
        StoreContents now = StoreContents.of(bus);

        into.restore(file, false, keys.ring());

        StoreContents restored = restored();
        assertThat(restored.services().values())
                .as("of one moment, before all that was changed meanwhile")
                .allSatisfy(service -> {
                    assertThat(names).contains(service.name());
                    assertThat(service.description()).isEmpty();
                })
                .hasSizeGreaterThanOrEqualTo(names.size() - 1);
        assertThat(restored.services())
                .containsKeys(now.services().keySet().stream()
                        .filter(id -> !now.services().get(id).name().equals("late"))
                        .toArray(String[]::new));
        restored.statuses().forEach((id, status) -> assertOneMoment(id, status, restored, now));
    }

    private Future<?> change(String name) {
        return bus.request(StoreMessage.PATCH_SERVICE, new PatchService(name, Map.of("name", "renamed")));
    }

    /** Status, history, counts and transitions are consistent with each other and existed at that time. */
    private static void assertOneMoment(String id, ServiceStatus status, StoreContents restored, StoreContents now) {
        List<HistoryEntry> history = restored.histories().get(id);
        List<HistoryEntry> all = now.histories().get(id);
        if (status.lastChecked() == 0) {
            assertThat(history).isEmpty();
            return;
        }
        assertThat(history.get(0).timestamp()).isEqualTo(status.lastChecked());
        if (all != null) { // null if deleted in the meantime
            assertThat(history)
                    .containsExactlyElementsOf(all.stream()
                            .filter(entry -> entry.timestamp() <= status.lastChecked())
                            .toList());
        }
        assertThat(restored.uptimes().get(id).days().stream()
                        .mapToLong(CheckCounts::checks)
                        .sum())
                .isEqualTo(history.size());
        if (!Locations.isIdAt(id)) {
            assertThat(restored.transitions().stream()
                            .filter(transition -> transition.serviceId().equals(id))
                            .reduce((a, b) -> b))
                    .hasValueSatisfying(last -> {
                        assertThat(last.at()).isEqualTo(status.since());
                        assertThat(last.to()).isEqualTo(status.status());
                    });
        }
    }

    @Test
    void a_store_that_is_not_empty_is_replaced_only_on_request() throws Exception {
        fill();
        StoreContents before = StoreContents.of(bus);
        Path file = backup();
        Side side = new Side().start();
        Service other = await(side.bus.request(
                        StoreMessage.CREATE_SERVICE,
                        new CreateService(Map.of("name", "other", "url", "http://localhost/"))))
                .service();
        await(side.bus.request(StoreMessage.RECORD, new RecordResult(result(other, clock.millis(), true))));
        StoreContents there = StoreContents.of(side.bus);
        await(side.bus.request(NodeMessage.JOIN_NODES, new JoinNodes()));
        eventually(() ->
                assertThat(inTarget(Request.cmd(Command.HLEN).arg(Keys.NODES))).isEqualTo("1"));
        assertThatThrownBy(() -> into.restore(file, true, keys.ring()))
                .hasMessageContaining("The store is in use by node. Stop every node before a restore.");
        side.close();
        inTarget(Request.cmd(Command.SET).arg("another-application").arg("its data"));

        assertThatThrownBy(() -> into.restore(file, false, keys.ring()))
                .hasMessageContaining("The store is not empty: it holds 1 service, 0 API keys")
                .hasMessageContaining("--replace");
        assertThat(restored()).usingRecursiveComparison().isEqualTo(there);

        into.restore(file, true, keys.ring());
        assertThat(restored()).usingRecursiveComparison().isEqualTo(before);
        assertThat(inTarget(Request.cmd(Command.GET).arg("another-application")))
                .isEqualTo("its data");
        assertThat(inTarget(Request.cmd(Command.EXISTS).arg(Keys.history(other.id(), Keys.day(clock.millis())))))
                .isEqualTo("0");
    }

    private String inTarget(Request command) {
        return in(beside(), command);
    }

    private String in(RedisOptions redis, Request command) {
        Redis client = Redis.createClient(vertx, redis);
        return String.valueOf(await(client.send(command).eventually(client::close)));
    }

    @Test
    void a_damaged_file_changes_nothing() throws Exception {
        fill();
        Path file = backup();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> into.restore(file, true, keys.ring()))
                .hasMessageContaining(file + " is damaged or incomplete. Nothing was changed.");
        assertThat(restored().services()).isEmpty();
    }

    @Test
    void a_restore_needs_the_key_of_the_secrets() throws Exception {
        fill();
        Path file = backup();
        assertThatThrownBy(() -> into.restore(file, false, KeyRing.none()))
                .hasMessageContaining("holds secrets encrypted with the key "
                        + keys.ring().ids().get(0))
                .hasMessageContaining("Set secrets.key (OPENUPTIMES_SECRET_KEY)")
                .hasMessageContaining("secret.key");
        assertThat(inTarget(Request.cmd(Command.EXISTS).arg(Keys.RESTORING))).isEqualTo("0");
        assertThat(inTarget(Request.cmd(Command.EXISTS).arg(Keys.NAMES))).isEqualTo("0");
    }

    @Test
    void no_node_starts_on_a_restore_that_was_interrupted_and_the_next_one_begins_it_again() throws Exception {
        fill();
        StoreContents before = StoreContents.of(bus);
        Path file = backup();
        AtomicInteger written = new AtomicInteger();
        into.see(link -> new HookLink(
                link,
                (call, commands) -> commands.stream().noneMatch(command -> Command.XADD.equals(command.command()))
                                || written.incrementAndGet() < 2
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IOException("the line was cut"))));
        assertThatThrownBy(() -> into.restore(file, false, keys.ring()))
                .hasMessageContaining("The restore was interrupted: the line was cut");

        assertThatThrownBy(() -> new Side().start())
                .hasMessageContaining("A restore of this store is under way or was interrupted");
        assertThatThrownBy(() -> into.backup(dir.resolve("second"))).hasMessageContaining("interrupted");

        into.see(link -> link);
        into.restore(file, false, keys.ring());
        assertThat(restored()).usingRecursiveComparison().isEqualTo(before);
    }

    /** Runs something blocking before the first command of that kind is sent. */
    private void before(CommandLink commands, Command kind, Runnable something) {
        AtomicBoolean done = new AtomicBoolean();
        commands.see(link -> new HookLink(
                link,
                (call, sent) ->
                        sent.stream().noneMatch(command -> kind.equals(command.command())) || done.getAndSet(true)
                                ? Future.succeededFuture()
                                : vertx.executeBlocking(() -> {
                                    something.run();
                                    return null;
                                })));
    }

    @Test
    void only_one_restore_runs_at_a_time() throws Exception {
        fill();
        StoreContents before = StoreContents.of(bus);
        Path file = backup();
        CommandLink second = new CommandLink(target, clock);
        before(into, Command.XADD, () -> assertThatThrownBy(() -> second.restore(file, true, keys.ring()))
                .hasMessageContaining("A restore is under way. If it was killed, try again in 30 seconds."));
        into.restore(file, false, keys.ring());
        second.close();
        assertThat(restored()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void a_restore_that_another_one_has_taken_over_ends_and_leaves_the_mark() throws Exception {
        fill();
        Path file = backup();
        Request other = Request.cmd(Command.SET).arg(Keys.RESTORING).arg("other 1 backup");
        before(into, Command.XADD, () -> inTarget(other));
        assertThatThrownBy(() -> into.restore(file, false, keys.ring()))
                .hasMessageContaining("Another restore of this store has begun");
        assertThat(inTarget(Request.cmd(Command.GET).arg(Keys.RESTORING))).isEqualTo("other 1 backup");

        into.see(link -> link);
        into.restore(file, false, keys.ring()); // the other one is long gone
        assertThat(inTarget(Request.cmd(Command.EXISTS).arg(Keys.RESTORING))).isEqualTo("0");
    }

    @Test
    void a_backup_during_which_a_restore_began_is_not_kept() throws Exception {
        fill();
        Path file = dir.resolve("backup");
        Request mark = Request.cmd(Command.SET).arg(Keys.RESTORING).arg("other 1 backup");
        before(source, Command.XRANGE, () -> in(options, mark));
        assertThatThrownBy(() -> source.backup(file))
                .hasMessageContaining("The store's contents were replaced during the backup");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_node_does_not_join_during_a_restore() throws Exception {
        Side side = new Side().start();
        inTarget(Request.cmd(Command.SET).arg(Keys.RESTORING).arg("other 1 backup"));
        assertThatThrownBy(() -> await(side.bus.request(NodeMessage.JOIN_NODES, new JoinNodes())))
                .hasMessageContaining("Cannot join: A restore of this store is under way or was interrupted");
        assertThat(inTarget(Request.cmd(Command.HLEN).arg(Keys.NODES))).isEqualTo("0");

        inTarget(Request.cmd(Command.DEL).arg(Keys.RESTORING));
        await(side.bus.request(NodeMessage.JOIN_NODES, new JoinNodes()));
        eventually(() ->
                assertThat(inTarget(Request.cmd(Command.HLEN).arg(Keys.NODES))).isEqualTo("1"));
    }

    @Test
    void a_node_that_finds_a_restore_counts_the_store_as_away_until_it_is_over() throws Exception {
        Side side = new Side();
        List<Boolean> published = new CopyOnWriteArrayList<>();
        side.bus.listen(EventMessage.STORE_REACHABLE, message -> published.add(message.reachable()));
        side.start();
        eventually(() -> assertThat(published).endsWith(true));
        inTarget(Request.cmd(Command.SET).arg(Keys.RESTORING).arg("other 1 backup"));
        eventually(() -> assertThat(published).endsWith(false));
        inTarget(Request.cmd(Command.DEL).arg(Keys.RESTORING));
        eventually(() -> assertThat(published).endsWith(false, true));
    }

    @Test
    void services_that_cannot_be_read_are_counted_and_transitions_of_deleted_ones_are_kept() throws Exception {
        List<Service> services = fill();
        ask(StoreMessage.DELETE_SERVICE, new DeleteService("service 3"));
        String deleted = services.get(3).id();
        List<Transition> before = StoreContents.of(bus).transitions();
        assertThat(before).anyMatch(transition -> transition.serviceId().equals(deleted));
        String broken = "00000000-0000-4000-8000-000000000000";
        in(
                options,
                Request.cmd(Command.HSET)
                        .arg(Keys.services(Keys.partition(broken)))
                        .arg(broken)
                        .arg("{"));
        clock.set(recorded.get() + 1_000);
        Path file = dir.resolve("backup");
        assertThat(source.backup(file)).satisfies(summary -> {
            assertThat(summary.services()).isEqualTo(SERVICES);
            assertThat(summary.unreadable()).isEqualTo(1);
        });

        into.restore(file, false, keys.ring());

        assertThat(restored().transitions()).isEqualTo(before);
    }
}
