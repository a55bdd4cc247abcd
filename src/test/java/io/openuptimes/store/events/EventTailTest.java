package io.openuptimes.store.events;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Address;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.Reload;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.DeleteService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.bus.StoreMessage.PatchService;
import io.openuptimes.bus.StoreMessage.ReadEvents;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.RecordResult;
import io.openuptimes.bus.StoreMessage.Transitions;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.store.StoreVerticle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.testing.CutProxy;
import io.openuptimes.testing.RestartableRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores on one Redis with separate buses: both publish the events of either, in the same order. */
class EventTailTest {

    /** A store and its published events. */
    private static final class Node implements AutoCloseable {

        final Vertx vertx = App.vertx();
        final Bus bus = Bus.of(vertx);
        final List<Event> events = new CopyOnWriteArrayList<>();
        final List<Message> direct = new CopyOnWriteArrayList<>();

        Node(String url) throws Exception {
            await(bus.listen(EventMessage.EVENTS, message -> events.addAll(message.events())));
            await(bus.listen(EventMessage.SERVICE_SAVED, direct::add));
            await(bus.listen(EventMessage.SERVICE_REMOVED, direct::add));
            await(bus.listen(EventMessage.STORE_REACHABLE, direct::add));
            await(bus.listen(EventMessage.RELOAD, direct::add));
            await(vertx.deployVerticle(new StoreVerticle(
                    new Settings.Store(10_000, 50),
                    RedisClients.options(url, null),
                    Clock.systemUTC(),
                    new SimpleMeterRegistry())));
            eventually(() -> ask(StoreMessage.LOAD_ALL, new LoadAll()));
            eventually(() -> assertThat(direct).contains(new Reload()));
            past();
        }

        <Q extends Message, A extends Message> A ask(Address<Q, A> address, Q message) {
            return await(bus.request(address, message));
        }

        Service create(String name) {
            return ask(
                            StoreMessage.CREATE_SERVICE,
                            new CreateService(Map.of("name", name, "url", "http://localhost:9/", "paused", true)))
                    .service();
        }

        void record(Service service, long at, Outcome outcome) throws Exception {
            CheckResult result = new CheckResult(
                    service.id(), at, outcome, 0, 7, new Phases(1, 2, 3, 4, 5), outcome == Outcome.UP ? "" : "no one");
            eventually(() -> ask(StoreMessage.RECORD, new RecordResult(result)));
        }

        PastEvents past() {
            return ask(StoreMessage.READ_EVENTS, new ReadEvents(10_000));
        }

        Transitions transitions(EventId after, EventId before, String serviceId, int limit) {
            return ask(StoreMessage.READ_TRANSITIONS, new ReadTransitions(after, before, serviceId, limit));
        }

        List<String> told() {
            return events.stream().map(EventTailTest::told).toList();
        }

        @Override
        public void close() {
            await(vertx.close());
        }
    }

    private static String told(Event event) {
        if (event instanceof Event.Turned turned) {
            return turned.transition().from() + ">" + turned.transition().to();
        } else if (event instanceof Event.Saved saved) {
            return "saved " + saved.wasVisible() + ">" + saved.visible();
        } else if (event instanceof Event.Removed removed) {
            return "removed " + removed.name() + " " + removed.visible();
        }
        return "anew";
    }

    @TempDir
    private Path dir;

    private RestartableRedis redis;
    private CutProxy line;
    private Node here;
    private Node there;

    @BeforeEach
    void start() throws Exception {
        redis = new RestartableRedis(dir);
        redis.start();
        URI url = URI.create(redis.url());
        line = CutProxy.to(url.getPort());
        here = new Node(redis.url());
        there = new Node(redis.url().replace(":" + url.getPort(), ":" + line.port()));
        here.events.clear();
        here.direct.clear();
        there.direct.clear();
    }

    @AfterEach
    void stop() throws Exception {
        here.close();
        there.close();
        line.close();
        redis.close();
    }

    private void command(Command command, Object... args) {
        Vertx vertx = Vertx.vertx();
        Request request = Request.cmd(command);
        for (Object arg : args) {
            request.arg(String.valueOf(arg));
        }
        await(Redis.createClient(vertx, redis.url()).send(request));
        await(vertx.close());
    }

    @Test
    void whatOneDoesBothTellInTheSameOrder() throws Exception {
        Service service = here.create("a");
        here.record(service, 1_000, Outcome.UP);
        there.record(service, 2_000, Outcome.CONNECT);
        here.record(service, 3_000, Outcome.TIMEOUT); // still down
        there.ask(StoreMessage.PATCH_SERVICE, new PatchService("a", Map.of("visible", false)));
        here.ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));

        List<String> all = List.of("saved false>true", "UNKNOWN>UP", "UP>DOWN", "saved true>false", "removed a false");
        eventually(() -> assertThat(here.told()).isEqualTo(all));
        eventually(() -> assertThat(there.told()).isEqualTo(all));
        assertThat(here.events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        assertThat(there.events)
                .extracting(Event::id)
                .isEqualTo(here.events.stream().map(Event::id).toList());
        Event.Turned down = (Event.Turned) there.events.get(2);
        assertThat(down.status())
                .isEqualTo(new ServiceStatus(
                        service.id(), Outcome.CONNECT, 2_000, 2_000, 0, 7, new Phases(1, 2, 3, 4, 5), "no one"));
        assertThat(down.transition().from()).isEqualTo(Status.UP);
        assertThat(down.transition().error()).isEqualTo("no one");
    }

    @Test
    void whatAnotherDoesIsToldAsIfItHadHappenedHereButForTheFirstCheck() throws Exception {
        Service service = there.create("a");
        eventually(() -> assertThat(here.direct)
                .containsExactly(new ServiceSaved(service, null, ServiceStatus.unchecked(service.id()), true)));
        eventually(() -> assertThat(here.events).hasSize(1));
        Event.Saved saved = (Event.Saved) here.events.get(0);
        assertThat(saved.service()).isEqualTo(service);
        eventually(() -> assertThat(there.direct).containsExactly(new ServiceSaved(service, null, null)));

        there.ask(StoreMessage.DELETE_SERVICE, new DeleteService("a"));

        eventually(() -> assertThat(here.direct).endsWith(new ServiceRemoved(service.id())));
        eventually(() -> assertThat(there.events).hasSize(2));
        eventually(() -> assertThat(there.direct).hasSize(2)); // once, although its own events came back to it
    }

    @Test
    void whoWasAwayIsToldInOrderWhatHappenedMeanwhile() throws Exception {
        Service before = here.create("before");
        eventually(() -> assertThat(there.events).hasSize(1));
        line.cut();
        List<Service> made = new ArrayList<>(List.of(before));
        for (int i = 0; i < 30; i++) {
            made.add(here.create("s" + i));
        }
        line.mend();

        eventually(() -> assertThat(there.events).hasSize(31));
        assertThat(there.events)
                .extracting(event -> ((Event.Saved) event).service())
                .isEqualTo(made);
    }

    @Test
    void whoseEventsAreGoneIsToldToLoadEverythingAgain() throws Exception {
        here.create("a");
        for (Node node : List.of(here, there)) {
            eventually(() -> assertThat(node.events).hasSize(1));
        }
        EventId last = here.events.get(0).id();

        command(Command.DEL, Keys.EVENTS);

        for (Node node : List.of(here, there)) {
            eventually(() -> assertThat(node.told()).contains("anew"));
            eventually(() -> assertThat(node.direct.toString()).contains("Reload[]"));
            assertThat(node.events).extracting(Event::id).isSorted();
            assertThat(node.past().after().isAfter(last)).isTrue();
        }
        here.create("b");
        eventually(() -> assertThat(there.told()).endsWith("saved false>true"));
        List<Event> past = here.past().events();
        assertThat(here.ask(StoreMessage.LOAD_ALL, new LoadAll()).upTo())
                .isEqualTo(past.get(past.size() - 1).id());
    }

    @Test
    void whoIsFurtherBackThanWhatIsKeptIsToldToLoadEverythingAgain() throws Exception {
        here.create("a");
        eventually(() -> assertThat(there.events).hasSize(1));
        line.cut();
        for (int i = 0; i < 5; i++) {
            here.create("s" + i);
        }
        command(Command.XTRIM, Keys.EVENTS, "MAXLEN", 2);
        line.mend();

        eventually(() -> assertThat(there.told()).endsWith("anew"));
        eventually(() -> assertThat(here.told()).endsWith("anew")); // its readers may be behind, too
        assertThat(there.events).hasSize(2);
    }

    @Test
    void whatCouldNotBeAppendedWaitsUntilRedisIsBack() throws Exception {
        Service service = here.create("a");
        for (Node node : List.of(here, there)) {
            eventually(() -> assertThat(node.events).hasSize(1));
        }
        redis.stop();
        eventually(() -> assertThat(here.direct.toString()).contains("reachable=false"));
        EventId before = here.events.get(here.events.size() - 1).id();
        CheckResult result = new CheckResult(service.id(), 5_000, Outcome.UP, 200, 7, Phases.NONE, "");
        here.bus.request(StoreMessage.RECORD, new RecordResult(result));
        redis.start();

        eventually(() -> assertThat(here.told()).endsWith("UNKNOWN>UP"));
        assertThat(here.events.get(here.events.size() - 1).id().isAfter(before)).isTrue();
        eventually(() -> assertThat(there.told()).endsWith("UNKNOWN>UP"));
    }

    @Test
    void aStoreThatStartsKnowsWhatHappenedBefore() throws Exception {
        Service service = here.create("a");
        here.record(service, 1_000, Outcome.UP);
        eventually(() -> assertThat(here.events).hasSize(2));
        here.close();
        here = new Node(redis.url());

        PastEvents past = here.past();

        assertThat(past.events()).extracting(EventTailTest::told).containsExactly("saved false>true", "UNKNOWN>UP");
        assertThat(past.events().get(0).id().isAfter(past.after())).isTrue();
        assertThat(here.events).isEmpty();
        PastEvents newest = here.ask(StoreMessage.READ_EVENTS, new ReadEvents(1));
        assertThat(newest.after()).isEqualTo(past.events().get(0).id());
        assertThat(newest.events()).isEqualTo(past.events().subList(1, 2));
    }

    @Test
    void readsTransitionsInEitherDirection() throws Exception {
        Service one = here.create("one");
        Service two = here.create("two");
        EventId start = here.ask(StoreMessage.LOAD_ALL, new LoadAll()).upTo();
        for (int i = 0; i < 6; i++) {
            here.record(i % 3 == 0 ? two : one, 1_000 + i, i % 2 == 0 ? Outcome.UP : Outcome.DNS);
        }

        Transitions all = here.transitions(start, null, null, 1_000);
        assertThat(times(all)).containsExactly(1_000L, 1_001L, 1_002L, 1_003L, 1_005L);
        assertThat(all.more()).isFalse();
        assertThat(times(here.transitions(null, null, null, 1_000))).isEqualTo(times(all));

        Transitions some = here.transitions(start, null, one.id(), 2);
        assertThat(times(some)).containsExactly(1_001L, 1_002L);
        assertThat(some.more()).isTrue();
        Transitions rest = here.transitions(some.last(), null, one.id(), 9);
        assertThat(times(rest)).containsExactly(1_005L);
        assertThat(rest.last()).isEqualTo(all.last());
        assertThat(times(here.transitions(rest.last(), null, null, 9))).isEmpty();

        Transitions newest = here.transitions(null, null, two.id(), 1);
        assertThat(times(newest)).containsExactly(1_003L);
        assertThat(newest.last()).isEqualTo(all.last());
        Transitions older = here.transitions(null, newest.first(), two.id(), 9);
        assertThat(times(older)).containsExactly(1_000L);
        assertThat(older.more()).isFalse();

        assertThat(here.transitions(new EventId(1, 1), null, null, 9).known()).isFalse();
    }

    private static List<Long> times(Transitions read) {
        return read.transitions().stream()
                .map(turned -> turned.transition().at())
                .toList();
    }
}
