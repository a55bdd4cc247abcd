package io.openuptimes.check;

import io.micrometer.core.instrument.MeterRegistry;
import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.CheckMessage.Tried;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.bus.EventMessage.ServiceRemoved;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.EventMessage.StoreReachable;
import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.check.http.HttpProber;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires the checks when they are due. It goes on by memory while the store is away. */
public final class CheckVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(CheckVerticle.class);

    /** Checks start in small groups: every wake-up of an idle event loop costs as much as a good part of a check. */
    private static final long SHORTEST_SLEEP_MS = 10;

    private static final long LONGEST_SLEEP_MS = 1_000;
    private static final long RETRY_LOAD_MS = 500;
    private static final long STOP_TIMEOUT_S = 5;
    /** Starts in one go, so that the event loop gets to what these bring. */
    private static final int MAX_STARTS = 500;

    private final HttpProber http;
    private final Clock clock;
    private final CheckMetrics metrics;
    private final Schedule schedule;
    private final Permits permits;

    // set in start()
    private Bus bus;
    private Checks checks;
    private Trials trials;

    private @Nullable Long timer;
    private boolean loaded;
    private int loading;
    /** Changes of the schedule while it is loaded: what the load brings may have been read before them. */
    private final List<Runnable> sinceLoad = new ArrayList<>();

    private boolean stopped;
    private long lastTick;

    /**
     * @param http checks in HTTP and HTTPS; closed with the verticle
     * @param clock tells the time of day
     */
    @SuppressWarnings("NullAway.Init")
    public CheckVerticle(Settings.Checks settings, HttpProber http, Clock clock, MeterRegistry registry) {
        this.http = http;
        this.clock = clock;
        this.metrics = new CheckMetrics(registry, clock.millis());
        this.schedule = new Schedule(settings.interval());
        this.permits = new Permits(settings.maxInFlight(), settings.maxPerHost());
    }

    @Override
    public Future<?> start() {
        bus = Bus.of(vertx);
        checks = new Checks(
                bus, schedule, permits, Map.of("http", http, "https", http), clock, metrics, new Outbox(vertx, bus));
        metrics.gauge("services", "Services in the schedule", schedule, Schedule::size);
        trials = new Trials(vertx, permits, checks, TryService.WAIT_MS);
        Rounds rounds = new Rounds(schedule, checks);
        return Future.all(List.of(
                        bus.listen(Addresses.SERVICE_SAVED, this::saved),
                        bus.listen(Addresses.SERVICE_REMOVED, this::removed),
                        bus.listen(Addresses.STORE_REACHABLE, this::storeReachable),
                        bus.serve(
                                Addresses.CHECK_NOW,
                                wanted -> loaded ? rounds.check(wanted) : Future.failedFuture(Refused.unreachable())),
                        bus.serve(Addresses.TRY_SERVICE, message -> trials.run(message.service())
                                .map(Tried::new)),
                        bus.serve(Addresses.SCHEDULE_STATE, message -> Future.succeededFuture(state())),
                        bus.serve(Addresses.SCHEDULE_REPORT, message -> Future.succeededFuture(report()))))
                .onSuccess(listening -> {
                    load();
                    tick();
                });
    }

    private void storeReachable(StoreReachable event) {
        if (event.reachable()) {
            load();
        }
    }

    private void load() {
        loading++;
        bus.request(Addresses.LOAD_ALL, new LoadAll())
                .onComplete(
                        all -> {
                            schedule.replaceAll(all.services(), clock.millis());
                            sinceLoad.forEach(Runnable::run);
                            loadEnded();
                            if (!loaded) {
                                log.info("schedule has {} services", schedule.size());
                            }
                            loaded = true;
                            rearm();
                        },
                        failure -> {
                            loadEnded();
                            if (!loaded && !stopped) {
                                vertx.setTimer(RETRY_LOAD_MS, again -> load());
                            }
                        });
    }

    private void loadEnded() {
        loading--;
        if (loading == 0) {
            sinceLoad.clear();
        }
    }

    private void apply(Runnable change) {
        change.run();
        if (loading > 0) {
            sinceLoad.add(change);
        }
    }

    private void saved(ServiceSaved event) {
        Service service = event.service();
        Service before = event.before();
        apply(() -> schedule.put(service, clock.millis()));
        boolean fresh = before == null || before.paused() || !before.isCheckedLike(service);
        if (fresh && !service.paused()) {
            checks.startNow(service);
        }
        rearm();
    }

    private void removed(ServiceRemoved event) {
        apply(() -> schedule.remove(event.serviceId()));
    }

    private void tick() {
        timer = null;
        long now = clock.millis();
        if (now < lastTick - SHORTEST_SLEEP_MS) {
            log.warn("the clock was set back by {} ms; the schedule follows it", lastTick - now);
            schedule.realign(now);
        }
        lastTick = now;
        for (int started = 0; started < MAX_STARTS; started++) {
            Schedule.Due due = schedule.poll(now);
            if (due == null) {
                break;
            }
            checks.startDue(due);
        }
        rearm();
    }

    private void rearm() {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        if (!stopped) {
            long wait = schedule.nextDueAt() - clock.millis();
            timer = vertx.setTimer(Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, wait)), fired -> tick());
        }
    }

    private ScheduleState state() {
        return new ScheduleState(loaded, schedule.size(), permits.running(), permits.waiting(), lastTick);
    }

    private ScheduleReport report() {
        long now = clock.millis();
        RecentChecks recent = metrics.recent();
        return new ScheduleReport(state(), schedule.paused(), recent.perSecond(now), recent.lag(now), metrics.missed());
    }

    /** Starts no more checks and gives those in flight {@value #STOP_TIMEOUT_S} seconds. */
    @Override
    public Future<?> stop() {
        stopped = true;
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        trials.stop();
        return checks.stop()
                .timeout(STOP_TIMEOUT_S, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .eventually(() -> {
                    checks.close();
                    return http.close();
                });
    }
}
