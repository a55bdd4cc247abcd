package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.check.type.Observation;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Locations;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a part of the services on its own event loop. Check loops use all cores and never wait for each other. Methods
 * may be called from any thread; the work runs on the event loop in order of the calls.
 */
final class CheckLoop implements Rounds.Part {

    private static final Logger log = LoggerFactory.getLogger(CheckLoop.class);

    /** Clock readings have a resolution of a millisecond; a larger difference means that the clock was set. */
    private static final long CLOCK_SET_MS = 5;

    /** Checks start in small groups: waking an idle event loop costs almost as much as a check. */
    private static final long SHORTEST_SLEEP_MS = 10;

    private static final long LONGEST_SLEEP_MS = 1_000;
    /**
     * Sleep while there is no room for more checks. A free permit wakes the loop; the timer only updates overdue
     * counts.
     */
    private static final long LONG_SLEEP_MS = 100;
    /** Pause between two groups if more is due, so that the event loop can process answers. */
    private static final long PAUSE_MS = 1;
    /** Checks started in one go: about a millisecond of work. */
    private static final int MAX_STARTS = 32;
    /** Minimum time between two reports. */
    private static final long REPORT_EVERY_MS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final SteadyTime time;
    private final Permits permits;
    private final Schedule schedule;
    private final Pace pace = new Pace();
    private final LoopMetrics metrics;
    private final Checks checks;
    private final Wanted wanted;
    private final ScheduleChanges intake;
    private final Share share;
    private final Supplier<Future<?>> confirm;
    private final int index;
    private final int loops;

    private @Nullable Long timer;
    private boolean hopeful;
    private boolean stopped;
    /** Number of pending confirmations; while positive, other nodes may hold leases of this loop's partitions. */
    private int unsure;

    private long wallAhead;
    private volatile long lastTick;
    private volatile int overdue;
    private volatile long oldestOverdue;
    private volatile @Nullable LoopReport lastReport;
    private long reportAt = Long.MIN_VALUE;

    /**
     * @param context an event loop
     * @param index of this loop, from 0
     * @param wiring shared by all loops
     */
    CheckLoop(Vertx vertx, Context context, int index, Wiring wiring) {
        this.vertx = vertx;
        this.context = context;
        this.index = index;
        this.loops = wiring.loops();
        this.clock = wiring.clock();
        this.time = new SteadyTime(clock, System::nanoTime);
        this.permits = wiring.permits();
        this.confirm = wiring.confirm();
        this.schedule = new Schedule(wiring.interval(), wiring.location());
        this.metrics = new LoopMetrics(wiring.metrics(), time.now());
        Bus bus = Bus.of(vertx);
        this.checks = new Checks(
                bus,
                schedule,
                permits,
                wiring.probe(),
                time::now,
                wiring.metrics(),
                metrics,
                new ResultBatches(vertx, bus),
                new Retries(schedule, wiring.policy(), (pause, next) -> vertx.setTimer(pause, fired -> next.run())),
                new Elsewhere(bus, schedule),
                this::run);
        this.wanted = new Wanted(schedule, new AskedChecks(schedule, checks, time::now, wiring.pingPace()));
        SlicedWork slices = new SlicedWork(vertx, this::rearm);
        this.intake = new ScheduleChanges(
                schedule, checks, slices, time::now, service -> index(service.id(), loops) == index);
        this.share = new Share(vertx, schedule, checks, slices, metrics, this::followedTime);
    }

    /**
     * Dependencies shared by all loops.
     *
     * @param location of this node; null for none
     * @param probe see {@link io.openuptimes.check.type.Probers#probe}
     * @param policy of services that set none, complete
     * @param pingPace minimum time between two checks of a service for paced callers, milliseconds
     * @param confirm asks whether this node still owns its partitions after the process was suspended; ends when all
     *     loops have been told, or if it cannot be found out
     */
    record Wiring(
            int loops,
            int interval,
            @Nullable String location,
            Permits permits,
            Function<Service, Future<Observation>> probe,
            Clock clock,
            CheckMetrics metrics,
            Policy policy,
            long pingPace,
            Supplier<Future<?>> confirm) {}

    /** Index of a service's loop. */
    static int index(String serviceId, int loops) {
        return index(Partition.of(serviceId), loops);
    }

    /** Index of the loop of all services of a lease. */
    static int index(int lease, int loops) {
        return Partition.ofLease(lease) % loops;
    }

    void start() {
        run(this::tick);
    }

    /** See {@link ScheduleChanges#loadBegins}. */
    void loadBegins() {
        run(intake::loadBegins);
    }

    void loadEnds() {
        run(intake::loadEnds);
    }

    Future<Void> load(List<Service> services) {
        return call(() -> intake.load(services));
    }

    void saved(ServiceSaved event) {
        run(() -> intake.saved(event));
    }

    void changed(List<Service> saved) {
        run(() -> intake.changed(saved));
    }

    void removed(String serviceId) {
        run(() -> intake.removed(serviceId));
    }

    /** The service with this id; null if there is none. */
    Future<@Nullable Service> find(String serviceId) {
        return call(() -> Future.succeededFuture(schedule.find(serviceId)));
    }

    /** Adds this loop's part of newly owned partitions. */
    void gained(Gained gained) {
        run(() -> forOwnLeases(gained.leases(), lease -> share.gain(lease, gained.states())));
    }

    /** Adopts stored states that differ from those of this loop. */
    void healthStored(Map<String, HealthState> states) {
        run(() -> states.forEach(this::healthStored));
    }

    private void healthStored(String id, HealthState state) {
        String serviceId = Locations.serviceId(id);
        Entry entry = index(serviceId, loops) == index ? schedule.entry(serviceId) : null;
        if (entry != null && schedule.isCheckedAs(entry, id)) {
            HealthState known = schedule.health(entry);
            // a newer state is that of a result still being written, which will be judged again
            if (known == null || known.lastChecked() <= state.lastChecked()) {
                schedule.health(entry, state);
            }
        }
    }

    /** Hands a lease over to another node: see {@link Share#giveUp}. */
    Future<Void> giveUp(int lease) {
        return call(() -> share.giveUp(lease));
    }

    /** Drops leases that another node holds already. */
    void lost(List<Integer> leases) {
        run(() -> forOwnLeases(leases, share::lose));
    }

    private void forOwnLeases(List<Integer> leases, Consumer<Integer> work) {
        leases.stream().filter(lease -> index(lease, loops) == index).forEach(work);
    }

    @Override
    public Future<List<Checked>> check(CheckNow services) {
        return call(() -> {
            if (stopped) {
                return Future.failedFuture(Checks.stopping());
            }
            Future<List<Checked>> checked = wanted.check(services);
            tick();
            return checked;
        });
    }

    @Override
    public void hurry() {
        run(() -> {
            wanted.hurry();
            tick();
        });
    }

    private void tick() {
        cancelTimer();
        if (stopped) {
            return;
        }
        long gap = time.standstill();
        long now = time.now();
        if (gap > 0) {
            long missed = schedule.checksWithin(gap);
            log.warn(
                    "the process stood still for {} ms and missed {} checks. Look for long garbage collections, or a"
                            + " suspended or overloaded machine",
                    gap,
                    missed);
            metrics.stoodStill(gap, missed, now);
            confirm();
        }
        followClock(now);
        startChecks(now);
        lastTick = clock.millis();
        overdue = schedule.overdue();
        oldestOverdue = schedule.oldestOverdue(now);
        if (now >= reportAt) {
            reportAt = now + REPORT_EVERY_MS;
            lastReport = report(now);
        }
        rearm();
    }

    private long followedTime() {
        long now = time.now();
        followClock(now);
        return now;
    }

    private void followClock(long now) {
        long ahead = clock.millis() - now;
        if (Math.abs(ahead - wallAhead) > CLOCK_SET_MS) {
            wallAhead = ahead;
            schedule.wallIsAhead(ahead);
        }
    }

    private void confirm() {
        unsure++;
        confirm.get()
                .onComplete(told -> run(() -> {
                    unsure--;
                    tick();
                }));
    }

    private void startChecks(long now) {
        schedule.turn(now); // updates what is overdue, even if nothing can start
        pace.at(now, schedule.perSecond());
        boolean more = true;
        for (int started = 0; more && started < MAX_STARTS && permits.hasRoom(); started++) {
            Schedule.Due due = unsure == 0 && pace.hasRoom() ? schedule.poll(now) : null;
            if (due != null) {
                pace.take();
                checks.startDue(due);
            }
            more = due != null || !wanted.isEmpty();
            wanted.startNext();
        }
    }

    private void rearm() {
        cancelTimer();
        if (stopped) {
            return;
        }
        timer = vertx.setTimer(sleep(), fired -> tick());
    }

    private long sleep() {
        if (unsure > 0 && wanted.isEmpty()) {
            return LONG_SLEEP_MS;
        }
        if (schedule.overdue() > 0 || !wanted.isEmpty()) {
            if (permits.hasRoom()) {
                return wanted.isEmpty() && !pace.hasRoom() ? SHORTEST_SLEEP_MS : PAUSE_MS;
            }
            awaitRoom();
            return LONG_SLEEP_MS;
        }
        long now = time.now();
        long next = Math.min(schedule.nextDueAt(now + LONGEST_SLEEP_MS), wanted.nextAt());
        return Math.max(SHORTEST_SLEEP_MS, next - now);
    }

    /** Avoids polling for a permit. */
    private void awaitRoom() {
        if (!hopeful) {
            hopeful = true;
            permits.whenRoom(schedule.oldestDueAt(), this::run, () -> {
                hopeful = false;
                tick();
            });
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            vertx.cancelTimer(timer);
            timer = null;
        }
    }

    Future<LoopReport> report() {
        return call(() -> Future.succeededFuture(report(time.now())));
    }

    private LoopReport report(long now) {
        return new LoopReport(
                schedule.size(),
                schedule.held(),
                schedule.paused(),
                lastTick,
                schedule.overdue(),
                schedule.oldestOverdue(now),
                now - metrics.lastShortage(),
                metrics.lag().window(now),
                metrics.waits().window(now));
    }

    /** At most two seconds old while the loop is running; null before its first turn. */
    @Nullable
    LoopReport lastReport() {
        return lastReport;
    }

    /** Number of services known; approximate from other threads. */
    int services() {
        return schedule.size();
    }

    /** Number of services that this node owns; approximate from other threads. */
    int held() {
        return schedule.held();
    }

    /** As of the last turn. */
    int overdue() {
        return overdue;
    }

    /** As of the last turn, milliseconds. */
    long oldestOverdue() {
        return oldestOverdue;
    }

    /** Starts no more checks; ends when running ones have ended. */
    Future<Void> stop() {
        return call(() -> {
            stopped = true;
            cancelTimer();
            wanted.stop();
            return checks.stop();
        });
    }

    /** Sends the remaining results to the store. */
    Future<Void> close() {
        return call(() -> {
            checks.close();
            return Future.succeededFuture();
        });
    }

    private void run(Runnable work) {
        context.runOnContext(run -> work.run());
    }

    private <T> Future<T> call(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        run(() -> work.get().onComplete(done));
        return done.future();
    }
}
