package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks on request: each lane checks its share within the usual limits; a round completes when all results are stored.
 *
 * <p>A round of all services that is under way is shared. Paced requests also share the checks of single services, and
 * start the next ones {@value #PACE_MS} ms after the last began at the earliest; until then they wait. All calls come
 * from one event loop.
 */
final class Rounds {

    /** A paced round begins this long after the last began, milliseconds. */
    static final long PACE_MS = 5_000;

    private static final String ALL = "";

    /** Runs something after so many milliseconds, on the event loop that calls. */
    interface Timer {
        void after(long millis, Runnable task);
    }

    /** The last round of all services or of one, and the paced one that waits to follow it. */
    private static final class Turn {
        final long startedAt;
        final Future<Round> round;

        @Nullable
        Promise<Round> next;

        Turn(long startedAt, Future<Round> round) {
            this.startedAt = startedAt;
            this.round = round;
        }
    }

    private final List<Function<CheckNow, Future<List<Checked>>>> lanes;
    private final LongSupplier nanoClock;
    private final Timer timer;
    /** By a service's id, or {@link #ALL}; the one that started first comes first. */
    private final Map<String, Turn> turns = new LinkedHashMap<>();

    private boolean stopped;

    /**
     * @param lanes each checks those of the wanted services that are its own
     * @param nanoClock as {@link System#nanoTime}
     */
    Rounds(List<Function<CheckNow, Future<List<Checked>>>> lanes, LongSupplier nanoClock, Timer timer) {
        this.lanes = List.copyOf(lanes);
        this.nanoClock = nanoClock;
        this.timer = timer;
    }

    /** A round of all leaves out paused services. */
    Future<Round> check(CheckNow wanted) {
        forgetOld();
        List<String> ids = wanted.serviceIds();
        if (ids.isEmpty()) {
            return wanted.paced() ? paced(ALL) : joined(ALL);
        }
        if (!wanted.paced()) {
            return run(wanted);
        }
        List<Future<Round>> rounds = ids.stream().distinct().map(this::paced).toList();
        return Future.join(rounds)
                .map(joined -> sorted(rounds.stream()
                        .flatMap(round -> round.result().checks().stream())
                        .toList()));
    }

    private Future<Round> joined(String key) {
        Turn last = turns.get(key);
        return last != null && !last.round.isComplete() ? last.round : start(key);
    }

    private Future<Round> paced(String key) {
        Turn last = turns.get(key);
        if (last == null || !last.round.isComplete()) {
            return joined(key);
        }
        long wait = PACE_MS - TimeUnit.NANOSECONDS.toMillis(nanoClock.getAsLong() - last.startedAt);
        if (wait <= 0) {
            return start(key);
        }
        Promise<Round> waiting = last.next;
        if (waiting == null) {
            Promise<Round> next = Promise.promise();
            last.next = next;
            timer.after(wait, () -> {
                if (!stopped) {
                    joined(key).onComplete(next);
                }
            });
            return next.future();
        }
        return waiting.future();
    }

    private Future<Round> start(String key) {
        Future<Round> round = run(new CheckNow(key.equals(ALL) ? List.of() : List.of(key)));
        turns.remove(key); // the newest comes last
        turns.put(key, new Turn(nanoClock.getAsLong(), round));
        return round;
    }

    /** Of services checked in the last seconds alone there is something to remember. */
    private void forgetOld() {
        long now = nanoClock.getAsLong();
        Iterator<Turn> oldestFirst = turns.values().iterator();
        while (oldestFirst.hasNext()) {
            Turn turn = oldestFirst.next();
            boolean old = TimeUnit.NANOSECONDS.toMillis(now - turn.startedAt) >= PACE_MS;
            if (!old || !turn.round.isComplete() || turn.next != null) {
                return;
            }
            oldestFirst.remove();
        }
    }

    private Future<Round> run(CheckNow wanted) {
        List<Future<List<Checked>>> shares =
                lanes.stream().map(lane -> lane.apply(wanted)).toList();
        return Future.join(shares).map(joined -> {
            List<Checked> all = new ArrayList<>();
            shares.forEach(share -> all.addAll(share.result()));
            return sorted(all);
        });
    }

    private static Round sorted(List<Checked> checks) {
        return new Round(checks.stream()
                .sorted(Comparator.comparing(checked -> checked.service().name()))
                .toList());
    }

    /** Rounds that have not begun are told that it stops. */
    void stop() {
        stopped = true;
        turns.values().forEach(turn -> {
            if (turn.next != null) {
                turn.next.tryFail(Checks.stopping());
            }
        });
    }
}
