package io.openuptimes.store.results;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.openuptimes.store.data.EventCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transitions that the stream of events has got in the last seconds: like {@link RecentResults}, those that it has lost
 * are appended again. Others wait until that is done.
 */
final class RecentTransitions {

    private static final Logger log = LoggerFactory.getLogger(RecentTransitions.class);

    /** More of them would have to be looked for in the stream, before anything is appended. */
    private static final int MAX_KEPT = 20_000;

    private static final int MAX_LOOKED_AT = 2 * MAX_KEPT;
    private static final long RETRY_MS = 200;

    private record Kept(Transition transition, ServiceStatus status, long at) {}

    private record Turn(String serviceId, long at) {}

    private final Vertx vertx;
    private final Link link;
    private final EventCodec codec;
    private final boolean keeping;
    private final ResultMetrics metrics;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private @Nullable Future<Void> restoring;

    /**
     * @param keeping whether the stream may lose anything
     */
    RecentTransitions(Vertx vertx, Link link, EventCodec codec, boolean keeping, ResultMetrics metrics) {
        this.vertx = vertx;
        this.link = link;
        this.codec = codec;
        this.keeping = keeping;
        this.metrics = metrics;
    }

    /** Appends those of a batch. */
    Future<Void> append(Written written) {
        if (written.transitions().isEmpty()) {
            return Future.succeededFuture();
        }
        Future<Void> before = restoring;
        if (before != null) {
            return before.compose(restored -> append(written));
        }
        return link.batch(entries(written)).onSuccess(appended -> keep(written)).mapEmpty();
    }

    /** One for each transition of a batch. */
    private List<Request> entries(Written written) {
        Map<String, ServiceStatus> statuses =
                written.statuses().stream().collect(Collectors.toMap(ServiceStatus::serviceId, Function.identity()));
        List<Request> entries = new ArrayList<>();
        for (Transition transition : written.transitions()) {
            ServiceStatus status = statuses.get(transition.serviceId());
            if (status != null) {
                entries.add(codec.transition(transition.from(), status));
            }
        }
        return entries;
    }

    private void keep(Written written) {
        if (!keeping) {
            return;
        }
        long now = System.nanoTime();
        Map<String, ServiceStatus> statuses = new HashMap<>();
        written.statuses().forEach(status -> statuses.put(status.serviceId(), status));
        for (Transition transition : written.transitions()) {
            ServiceStatus status = statuses.get(transition.serviceId());
            if (status != null) {
                kept.addLast(new Kept(transition, status, now));
            }
        }
        forget(now, RecentResults.KEPT_NS);
    }

    private void forget(long now, long maxAge) {
        while (!kept.isEmpty()) {
            long age = now - kept.getFirst().at();
            if (age <= maxAge && kept.size() <= MAX_KEPT) {
                return;
            }
            kept.removeFirst();
            if (age <= RecentResults.KEPT_NS) {
                metrics.transitionEvicted();
            }
        }
    }

    /** The stream is there again, or is another server's: what it lacks is appended. */
    void restore() {
        forget(System.nanoTime(), RecentResults.FAILOVER_NS);
        if (kept.isEmpty() || restoring != null) {
            return;
        }
        Promise<Void> done = Promise.promise();
        restoring = done.future();
        tryToRestore(done);
    }

    private void tryToRestore(Promise<Void> done) {
        link.send(Request.cmd(Command.XREVRANGE)
                        .arg(Keys.EVENTS)
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(MAX_LOOKED_AT))
                .compose(newest -> link.batch(lacking(newest)))
                .onComplete(
                        restored -> {
                            restoring = null;
                            done.complete();
                        },
                        failure -> {
                            if (Failures.codeOf(failure) == Failures.STORE_UNREACHABLE) {
                                vertx.setTimer(RETRY_MS, timer -> tryToRestore(done));
                            } else {
                                log.error("transitions may be missing in the stream of events", failure);
                                restoring = null;
                                done.complete();
                            }
                        });
    }

    private List<Request> lacking(@Nullable Response newest) {
        Set<Turn> known = new HashSet<>();
        codec.entries(newest).forEach(entry -> {
            if (entry.event() instanceof Event.Turned turned) {
                known.add(new Turn(
                        turned.transition().serviceId(), turned.transition().at()));
            }
        });
        List<Request> lacking = new ArrayList<>();
        for (Kept one : kept) {
            Transition transition = one.transition();
            if (!known.contains(new Turn(transition.serviceId(), transition.at()))) {
                lacking.add(codec.transition(transition.from(), one.status()));
            }
        }
        return lacking;
    }
}
