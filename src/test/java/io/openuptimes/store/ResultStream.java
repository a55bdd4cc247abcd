package io.openuptimes.store;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.CreateService;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.bus.StoreMessage.Transitions;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckCounts;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.testing.Unjudged;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A store under load: results of some hundred services, each with a distinct time, and new services in between. At the
 * end, all of it must be stored exactly once.
 */
final class ResultStream implements AutoCloseable {

    static final int SERVICES = 200;

    private static final int GROUP = 40;
    private static final int PAUSE_MS = 20;
    /** One service in this many changes its status with every result. */
    private static final int TURNING = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Vertx vertx = App.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Bus bus = Bus.of(vertx);
    private final List<Service> services = new ArrayList<>();
    private final Map<String, List<CheckResult>> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> lastWritten = new ConcurrentHashMap<>();
    private final List<String> stored = new ArrayList<>();
    private final List<Throwable> unexpected = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private Thread results;
    private Thread changes;
    private volatile boolean stopping;

    ResultStream(RedisOptions redis) throws Exception {
        await(vertx.deployVerticle(
                new StoreVerticle(new Settings.Store(1_000_000, 200), redis, Clock.systemUTC(), metrics)));
        await(bus.listen(EventMessage.STATUS_CHANGED, this::written));
        eventually(() -> await(bus.request(StoreMessage.LOAD_ALL, new LoadAll())));
        for (int i = 0; i < SERVICES; i++) {
            services.add(create("service " + i));
        }
    }

    private void written(StatusChanged changed) {
        for (ServiceStatus status : changed.statuses()) {
            lastWritten.put(status.serviceId(), status.lastChecked());
        }
    }

    private Service create(String name) throws Exception {
        return await(bus.request(
                        StoreMessage.CREATE_SERVICE,
                        new CreateService(Map.of("name", name, "url", "http://localhost/"))))
                .service();
    }

    /** Starts the load and waits until every service has results. */
    void start(boolean withChanges) throws Exception {
        results = new Thread(this::sendResults, "results");
        results.start();
        if (withChanges) {
            changes = new Thread(this::makeChanges, "changes");
            changes.start();
        }
        awaitProgress(service -> true);
    }

    private void sendResults() {
        long base = System.currentTimeMillis();
        for (int n = 0; !stopping; n++) {
            List<CheckResult> some = new ArrayList<>();
            int rounds = n / (SERVICES / GROUP);
            for (int i = 0; i < GROUP; i++) {
                int index = n % (SERVICES / GROUP) * GROUP + i;
                CheckResult result = result(services.get(index), index, rounds, base + n * (long) PAUSE_MS);
                sent.computeIfAbsent(result.serviceId(), first -> Collections.synchronizedList(new ArrayList<>()))
                        .add(result);
                some.add(result);
            }
            bus.send(StoreMessage.RECORD_ALL, Unjudged.results(some));
            pause();
        }
    }

    private static CheckResult result(Service service, int index, int round, long at) {
        boolean up = index % TURNING != 0 || round % 2 == 0;
        return new CheckResult(
                service.id(),
                at,
                up ? Outcome.UP : Outcome.STATUS,
                up ? 200 : 503,
                5,
                new Phases(1, 1, 1, 1, 1),
                up ? "" : "503");
    }

    private void makeChanges() {
        for (int i = 0; !stopping; i++) {
            String name = "meanwhile " + i;
            try {
                create(name);
                stored.add(name);
            } catch (Exception e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (Failures.codeOf(cause) == Failures.STORE_UNREACHABLE) {
                    refused.incrementAndGet();
                } else {
                    unexpected.add(cause);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<Service> services() {
        return services;
    }

    /** Whether its status changes with every result. */
    boolean isTurning(Service service) {
        return services.indexOf(service) % TURNING == 0;
    }

    /** Waits until results of these services sent from now on have been written. */
    void awaitProgress(Predicate<Service> which) throws Exception {
        Map<String, Integer> before = new ConcurrentHashMap<>();
        sent.forEach((id, some) -> before.put(id, some.size()));
        List<Service> awaited = services.stream().filter(which).toList();
        // one assertion per service would create two hundred messages per attempt
        eventually(PATIENCE, () -> assertThat(awaited.stream()
                        .filter(service -> !isWritten(service, before.getOrDefault(service.id(), 0) + 1))
                        .findFirst())
                .as("a service without progress")
                .isEmpty());
    }

    /** Whether the result with that index has been written. */
    private boolean isWritten(Service service, int index) {
        List<CheckResult> some = sent.getOrDefault(service.id(), List.of());
        return some.size() > index
                && lastWritten.getOrDefault(service.id(), 0L) >= some.get(index).timestamp();
    }

    int refused() {
        return refused.get();
    }

    /** Stops the load and verifies that all of it is stored. */
    void stopAndVerify() throws Exception {
        stopping = true;
        results.join();
        if (changes != null) {
            changes.join();
        }
        for (Service service : services) {
            eventually(PATIENCE, () -> assertThat(history(service)).isEqualTo(times(service)));
        }
        List<String> ids = services.stream().map(Service::id).toList();
        await(bus.request(StoreMessage.READ_UPTIMES, new ReadUptimes(ids)))
                .reports()
                .forEach(report -> assertThat(report.hours().stream()
                                .mapToLong(CheckCounts::checks)
                                .sum())
                        .isEqualTo(sent.get(report.serviceId()).size()));
        verifyTransitions();
        assertThat(metrics.get("openuptimes.store.results.dropped").counter().count())
                .isZero();
        assertThat(metrics.get("openuptimes.store.results.outdated").counter().count())
                .isZero();
        assertThat(unexpected).isEmpty();
        Set<String> names = new HashSet<>();
        await(bus.request(StoreMessage.LOAD_ALL, new LoadAll()))
                .services()
                .forEach(service -> names.add(service.name()));
        assertThat(names).containsAll(stored);
    }

    private List<Long> times(Service service) {
        return sent.get(service.id()).stream().map(CheckResult::timestamp).toList();
    }

    private List<Long> history(Service service) throws Exception {
        List<Long> newestFirst = await(bus.request(
                        StoreMessage.READ_HISTORY, new ReadHistory(service.id(), 0, Long.MAX_VALUE, 100_000)))
                .entries()
                .stream()
                .map(HistoryEntry::timestamp)
                .toList();
        List<Long> times = new ArrayList<>(newestFirst);
        Collections.reverse(times);
        return times;
    }

    /** Each transition is reported, more than once only if a reply was lost. */
    private void verifyTransitions() throws Exception {
        for (Service service : services.stream().filter(this::isTurning).toList()) {
            List<Long> told = transitions(service);
            assertThat(told).hasSameElementsAs(times(service));
        }
    }

    /** The times, read page by page, since a read covers a limited number of events. */
    private List<Long> transitions(Service service) throws Exception {
        List<Long> times = new ArrayList<>();
        EventId before = null;
        Transitions page;
        do {
            page = await(bus.request(
                    StoreMessage.READ_TRANSITIONS, new ReadTransitions(null, before, service.id(), 10_000)));
            page.transitions().forEach(turned -> times.add(turned.transition().at()));
            before = page.first();
        } while (page.more());
        return times;
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        Stream.of(results, changes).filter(thread -> thread != null).forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await(vertx.close());
    }
}
