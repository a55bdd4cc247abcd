package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.GetScheduleReport;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.bus.NodeMessage.GiveUp;
import io.openuptimes.bus.NodeMessage.Lost;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.openuptimes.runtime.SteadyClock;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.DailyChecks;
import io.openuptimes.testing.Services;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several check loops, real targets, and a store that accepts everything. */
class CheckLoopsTest {

    private final Vertx vertx = App.vertx();
    private final Bus bus = Bus.of(vertx);
    private final TargetServer target = TargetServer.start();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Service> services = new ArrayList<>();
    private final Map<String, Integer> results = new ConcurrentHashMap<>();
    /** The services of the results, in order of arrival. */
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private void deploy(Map<String, String> environment) throws Exception {
        deploy(environment, CheckVerticle.PING_PACE_MS);
    }

    private void deploy(Map<String, String> environment, long pingPace) throws Exception {
        await(bus.serve(
                StoreMessage.LOAD_ALL,
                load -> Future.succeededFuture(new All(List.copyOf(services), List.of(), new EventId(0, 0)))));
        await(bus.serve(StoreMessage.RECORD_ALL, message -> {
            message.verdicts().forEach(verdict -> count(verdict.result()));
            return Future.succeededFuture(Message.DONE);
        }));
        await(bus.serve(StoreMessage.RECORD, message -> {
            count(message.verdict().result());
            return Future.succeededFuture(Message.DONE);
        }));
        Settings.Checks settings =
                SettingsReader.read(new JsonObject(), environment).checks();
        await(vertx.deployVerticle(new CheckVerticle(
                settings,
                List.of(),
                null,
                Probers.standard(new Network(vertx, settings, EgressPolicy.standard(), Clock.systemUTC())),
                SteadyClock.system(),
                pingPace,
                registry)));
        eventually(() -> assertThat(report().state().loaded()).isTrue());
        List<Integer> all = IntStream.range(0, Partition.COUNT).boxed().toList();
        await(bus.request(NodeMessage.GAINED, new Gained(all, Map.of())));
    }

    private void count(CheckResult result) {
        order.add(result.serviceId());
        results.merge(result.serviceId(), 1, Integer::sum);
    }

    @AfterEach
    void close() {
        await(vertx.close());
        target.close();
    }

    private ScheduleReport report() {
        return await(bus.request(CheckMessage.SCHEDULE_REPORT, new GetScheduleReport()));
    }

    private double gauge(String name) {
        return registry.get("openuptimes." + name).gauge().value();
    }

    private Service service(String id, String url, int interval) {
        Service service =
                Services.of(url, Map.of("name", "name of " + id, "interval", interval, "timeout", 120_000), id);
        services.add(service);
        return service;
    }

    @Test
    void eachServiceIsInOneLaneAndARoundIsOfAllInOrder() throws Exception {
        List<String> ids = DailyChecks.ids(200);
        for (String id : ids) {
            service(id, target.url("/" + id), DailyChecks.INTERVAL);
        }
        deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "3"));
        assertThat(services.stream().map(service -> CheckLoop.index(service.id(), 3)))
                .contains(0, 1, 2);
        assertThat(report().state().services()).isEqualTo(200);

        Round round = await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(List.of())));

        assertThat(round.checks().stream().map(checked -> checked.service().id()))
                .containsExactlyElementsOf(services.stream().map(Service::id).toList());
        for (String id : ids) {
            assertThat(target.hits("/" + id)).isEqualTo(1);
        }
        Round some = await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(List.of(ids.get(10), ids.get(5), "none"))));
        assertThat(some.checks().stream().map(checked -> checked.service().id()))
                .containsExactly(ids.get(5), ids.get(10));
    }

    @Test
    void aPacedCheckStartsByItselfWhenThePaceHasPassed() throws Exception {
        String id = DailyChecks.ids(1).get(0);
        service(id, target.url("/paced"), DailyChecks.INTERVAL);
        deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "2"), 50);
        List<Long> starts = new ArrayList<>();
        for (List<String> which : List.of(List.<String>of(), List.of(id), List.<String>of())) {
            Round round = await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(which, true)));
            starts.add(round.checks().get(0).result().timestamp());
        }

        assertThat(target.hits("/paced")).isEqualTo(3);
        assertThat(starts.get(2) - starts.get(0)).isGreaterThanOrEqualTo(90); // of two paces; clocks round
    }

    @Test
    void whereATargetHangsTheOthersAreCheckedOnTime() throws Exception {
        try (TargetServer dead = TargetServer.start()) {
            dead.slow("/", 600_000);
            for (int i = 0; i < 40; i++) {
                service("dead" + i, dead.url("/"), 1);
                service("fine" + i, target.url("/" + i), 1);
            }
            deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "2", "OPENUPTIMES_CHECKS_MAX_PER_HOST", "5"));

            eventually(() -> {
                for (int i = 0; i < 40; i++) {
                    assertThat(results.getOrDefault("fine" + i, 0)).isGreaterThan(3);
                }
            });
            ScheduleReport report = report();
            assertThat(report.state().waiting()).isGreaterThanOrEqualTo(35);
            assertThat(report.missed().get("running"))
                    .as("the dead ones, one after the other")
                    .isPositive();
            eventually(() -> assertThat(gauge("schedule.keeping.up"))
                    .as("what targets do is not this machine's fault")
                    .isEqualTo(1));
            assertThat(dead.hits("/")).isEqualTo(5);
            for (int i = 0; i < 40; i++) {
                assertThat(results).doesNotContainKey("dead" + i);
            }
        }
    }

    @Test
    void withOnePermitInAllEveryoneGetsSlowerAlikeAndTheReportSaysSo() throws Exception {
        for (int i = 0; i < 30; i++) {
            target.slow("/" + i, 100);
            service("s" + i, target.url("/" + i), 1);
        }
        deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "2", "OPENUPTIMES_CHECKS_MAX_IN_FLIGHT", "1"));

        eventually(() -> {
            assertThat(results).hasSize(30);
            assertThat(results.values()).allMatch(count -> count >= 2);
        });
        assertThat(mostUntilAllHaveTwo(30)).as("while the slowest has two").isLessThanOrEqualTo(4);
        ScheduleReport report = report();
        assertThat(report.keepingUp()).isFalse();
        assertThat(report.overdue()).isPositive();
        assertThat(report.oldestOverdue()).isPositive();
        assertThat(report.missed().get("late")).isPositive();
        assertThat(report.maxInFlight()).isEqualTo(1);
        assertThat(report.state().inFlight()).isLessThanOrEqualTo(1);
        eventually(() -> assertThat(gauge("schedule.keeping.up")).isZero());
    }

    private int mostUntilAllHaveTwo(int services) {
        Map<String, Integer> counts = new HashMap<>();
        int withTwo = 0;
        for (String id : List.copyOf(order)) {
            if (counts.merge(id, 1, Integer::sum) == 2 && ++withTwo == services) {
                break;
            }
        }
        return Collections.max(counts.values());
    }

    @Test
    void aPartitionIsGivenUpWhenItsLastResultIsOnItsWay() throws Exception {
        target.hold("/given");
        Service given = service("given", target.url("/given"), 1);
        service("kept", target.url("/kept"), 1);
        deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "2"));
        eventually(() -> assertThat(target.hits("/given")).isEqualTo(1));

        Future<?> givenUp = bus.request(NodeMessage.GIVE_UP, new GiveUp(Partition.of(given.id())));

        eventually(() -> assertThat(report().held()).isEqualTo(1));
        assertThat(givenUp.isComplete()).as("while it is being checked").isFalse();
        target.letGo("/given");
        await(givenUp);
        int hits = target.hits("/given");
        eventually(() -> assertThat(results).containsEntry("given", hits));
        int others = target.hits("/kept");
        eventually(() -> assertThat(target.hits("/kept")).isGreaterThan(others + 2));
        assertThat(target.hits("/given")).isEqualTo(hits);
        assertThat(report().held()).isEqualTo(1);
        assertThat(report().state().services()).isEqualTo(2);
        assertThat(gauge("schedule.services")).isEqualTo(2);
        assertThat(gauge("schedule.due")).isEqualTo(1);

        // an explicit check is still possible
        await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(List.of("given"))));
        assertThat(results).containsEntry("given", hits + 1);
    }

    @Test
    void whatIsUnderWayOfAPartitionThatIsLostCountsForNothing() throws Exception {
        target.hold("/lost");
        String id = DailyChecks.ids(1).get(0);
        Service lost = service(id, target.url("/lost"), DailyChecks.INTERVAL);
        deploy(Map.of("OPENUPTIMES_CHECKS_INSTANCES", "2"));
        bus.publish(EventMessage.SERVICE_SAVED, new ServiceSaved(lost, null, null));
        eventually(() -> assertThat(target.hits("/lost")).isEqualTo(1));

        await(bus.request(NodeMessage.LOST, new Lost(List.of(Partition.of(lost.id())))));
        target.letGo("/lost");

        eventually(() -> assertThat(report().state().inFlight()).isZero());
        await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(List.of(id))));
        assertThat(results).containsEntry(id, 1); // the explicit one
        assertThat(target.hits("/lost")).isEqualTo(2);
    }
}
