package io.openuptimes.check;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Service;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A share of the services and all that their checks need, on an event loop of its own: so many cores check at once, and
 * none waits for another. All methods may be called from anywhere; the work is done on that event loop, in the order of
 * the calls.
 */
final class Lane implements Rounds.Part {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** The clock's readings are to the millisecond; it is set by more. */
    private static final long CLOCK_SET_MS = 5;

    /** Checks start in small groups: every wake-up of an idle event loop costs as much as a good part of a check. */
    private static final long SHORTEST_SLEEP_MS = 10;

    private static final long LONGEST_SLEEP_MS = 1_000;
    /** While there is no room for more; it is woken when there is, but what is overdue is to be known till then. */
    private static final long LONG_SLEEP_MS = 100;
    /** Between two groups where more is due, so that the event loop gets to what the checks bring. */
    private static final long PAUSE_MS = 1;
    /** Starts in one go: about a millisecond's work. */
    private static final int MAX_STARTS = 32;
    /** Between two reports for those who cannot wait for one. */
    private static final long REPORT_EVERY_MS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final SteadyTime time;
    private final Permits permits;
    private final Schedule schedule;
    private final Pace pace = new Pace();
    private final LaneMetrics metrics;
    private final Checks checks;
    private final Wanted wanted;
    private final Intake intake;
    private final Share share;
    private final Supplier<Future<?>> confirm;
    private final int index;
    private final int lanes;

    private @Nullable Long timer;
    private boolean hopeful;
    private boolean stopped;
    /** Others may have taken over what it holds: it waits to be told. */
    private int unsure;

    private long wallAhead;
    private volatile long lastTick;
    private volatile int overdue;
    private volatile long oldestOverdue;
    private volatile @Nullable LaneReport lastReport;
    private long reportAt = Long.MIN_VALUE;

    /**
     * @param context an event loop
     * @param index which of the lanes it is, from 0
     * @param wiring what all lanes share
     */
    Lane(Vertx vertx, Context context, int index, Wiring wiring) {
        this.vertx = vertx;
        this.context = context;
        this.index = index;
        this.lanes = wiring.lanes();
        this.clock = wiring.clock();
        this.time = new SteadyTime(clock, System::nanoTime);
        this.permits = wiring.permits();
        this.confirm = wiring.confirm();
        this.schedule = new Schedule(wiring.interval(), wiring.location());
        this.metrics = new LaneMetrics(wiring.metrics(), time.now());
        Bus bus = Bus.of(vertx);
        this.checks = new Checks(
                bus,
                schedule,
                permits,
                wiring.probers(),
                time::now,
                wiring.metrics(),
                metrics,
                new Outbox(vertx, bus),
                this::run);
        this.wanted = new Wanted(schedule, new AskedChecks(schedule, checks, time::now, wiring.pingPace()));
        Slices slices = new Slices(vertx, this::rearm);
        this.intake = new Intake(schedule, checks, slices, time::now, service -> index(service.id(), lanes) == index);
        this.share = new Share(vertx, schedule, checks, slices, metrics, this::followedTime);
    }

    /**
     * What all lanes share.
     *
     * @param location of this node, null for none
     * @param pingPace from one check of a service to the next that paced callers ask for, milliseconds
     * @param confirm asks whether this node still holds what it held before it stood still; ends when all lanes have
     *     been told, or nobody knows
     */
    record Wiring(
            int lanes,
            int interval,
            @Nullable String location,
            Permits permits,
            Probers probers,
            Clock clock,
            CheckMetrics metrics,
            long pingPace,
            Supplier<Future<?>> confirm) {}

    /** Which of so many lanes a service belongs to. */
    static int index(String serviceId, int lanes) {
        return index(Partition.of(serviceId), lanes);
    }

    /** Likewise, all services of a slot. */
    static int index(int slot, int lanes) {
        return Partition.ofSlot(slot) % lanes;
    }

    void start() {
        run(this::tick);
    }

    /** See {@link Intake#loadBegins}. */
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

    /** Its share of what this node is to check from now on. */
    void gained(Gained gained) {
        run(() -> forOwnSlots(gained.partitions(), slot -> share.gain(slot, gained.lastChecks())));
    }

    /** Another node is to check the services of a slot, which is this lane's: see {@link Share#giveUp}. */
    Future<Void> giveUp(int slot) {
        return call(() -> share.giveUp(slot));
    }

    /** Another node checks the services of these slots already. */
    void lost(List<Integer> slots) {
        run(() -> forOwnSlots(slots, share::lose));
    }

    private void forOwnSlots(List<Integer> slots, Consumer<Integer> work) {
        slots.stream().filter(slot -> index(slot, lanes) == index).forEach(work);
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
        schedule.turn(now); // also where nothing can start: what is overdue is to be known
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

    /** Rather than look again and again. */
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

    Future<LaneReport> report() {
        return call(() -> Future.succeededFuture(report(time.now())));
    }

    private LaneReport report(long now) {
        return new LaneReport(
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

    /** That of a second ago or two, while it does not stand still; null before its first look. */
    @Nullable
    LaneReport lastReport() {
        return lastReport;
    }

    /** Services that it knows; from another thread, about that many. */
    int services() {
        return schedule.size();
    }

    /** Those of them that are this node's to check; likewise. */
    int held() {
        return schedule.held();
    }

    /** As of its last look. */
    int overdue() {
        return overdue;
    }

    /** As of its last look, milliseconds. */
    long oldestOverdue() {
        return oldestOverdue;
    }

    /** Starts no more checks; done when those in flight have ended. */
    Future<Void> stop() {
        return call(() -> {
            stopped = true;
            cancelTimer();
            wanted.stop();
            return checks.stop();
        });
    }

    /** Sends what there is to the store. */
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
