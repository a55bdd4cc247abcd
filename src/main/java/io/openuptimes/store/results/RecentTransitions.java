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
import java.util.ArrayList;
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
 * Appends transitions to the event stream and keeps the recent ones. After a failover, those that the stream has lost
 * are appended again; new ones wait until that is done.
 */
final class RecentTransitions {

    private static final Logger log = LoggerFactory.getLogger(RecentTransitions.class);

    /** Limits the number of transitions to look for in the stream before anything is appended. */
    private static final int MAX_KEPT = 20_000;

    private static final int MAX_LOOKED_AT = 2 * MAX_KEPT;
    private static final long RETRY_MS = 200;

    private record Told(Transition transition, ServiceStatus status, boolean visible) {}

    private record Turn(String serviceId, long at) {}

    private final Vertx vertx;
    private final Link link;
    private final EventCodec codec;
    private final PublicServices services;
    private final Recent<Told> recent;
    private @Nullable Future<Void> restoring;

    /**
     * @param keeping whether the stream may lose entries
     */
    RecentTransitions(Vertx vertx, Link link, EventCodec codec, boolean keeping, ResultMetrics metrics) {
        this.vertx = vertx;
        this.link = link;
        this.codec = codec;
        this.services = new PublicServices(link);
        this.recent =
                new Recent<>(new Recent.Bound(keeping ? MAX_KEPT : 0, System::nanoTime, metrics::transitionEvicted));
    }

    /** Appends a batch's transitions. */
    Future<Void> append(Written written) {
        if (written.transitions().isEmpty()) {
            return Future.succeededFuture();
        }
        Future<Void> before = restoring;
        if (before != null) {
            return before.compose(restored -> append(written));
        }
        Set<String> ids =
                written.transitions().stream().map(Transition::serviceId).collect(Collectors.toSet());
        return services.among(ids).compose(visible -> {
            List<Told> told = told(written, visible);
            return link.batch(told.stream().map(this::entry).toList())
                    .onSuccess(appended -> told.forEach(recent::add))
                    .mapEmpty();
        });
    }

    /** Pairs each transition with its service's status and visibility. */
    private static List<Told> told(Written written, Set<String> visible) {
        Map<String, ServiceStatus> statuses =
                written.statuses().stream().collect(Collectors.toMap(ServiceStatus::serviceId, Function.identity()));
        List<Told> told = new ArrayList<>();
        for (Transition transition : written.transitions()) {
            ServiceStatus status = statuses.get(transition.serviceId());
            if (status != null) {
                told.add(new Told(transition, status, visible.contains(transition.serviceId())));
            }
        }
        return told;
    }

    private Request entry(Told told) {
        return codec.transition(told.transition(), told.status(), told.visible());
    }

    /** Called when the stream's server is available again or replaced; appends what the stream lacks. */
    void restore() {
        recent.forget();
        if (recent.isEmpty() || restoring != null) {
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
                                log.error(
                                        "cannot restore recent transitions after a failover: the event stream may lack"
                                                + " some",
                                        failure);
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
        for (Told one : recent.all()) {
            Transition transition = one.transition();
            if (!known.contains(new Turn(transition.serviceId(), transition.at()))) {
                lacking.add(entry(one));
            }
        }
        return lacking;
    }
}
