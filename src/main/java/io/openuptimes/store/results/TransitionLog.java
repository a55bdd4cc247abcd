package io.openuptimes.store.results;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.runtime.Caches;
import io.openuptimes.runtime.Lengths;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the transitions recorded by this node: one line each, up to {@value #LINES} in {@value #PERIOD_S} s, then one
 * line with the number of the rest. Each node logs only its own transitions, so that a cluster logs each one once.
 *
 * <p>Belongs to one event loop.
 */
final class TransitionLog {

    static final int LINES = 20;
    private static final int PERIOD_S = 10;

    /** Maximum number of services whose last failure is remembered; the recovery of any other is logged without the length. */
    static final int MAX_REMEMBERED = 10_000;

    private static final Logger log = LoggerFactory.getLogger(TransitionLog.class);

    private static final Map<Outcome, String> HINTS = Map.of(
            Outcome.DNS, "check its host name and this machine's name servers",
            Outcome.CONNECT, "check that its server runs and can be reached from this machine",
            Outcome.TLS, "check its certificate and TLS settings",
            Outcome.TIMEOUT, "check its load, or allow it more time by its timeout",
            Outcome.REDIRECT, "check where its URL redirects to",
            Outcome.STATUS, "check its own log, or the status that is expected of it",
            Outcome.PROTOCOL, "check that its URL leads to an HTTP server",
            Outcome.DENIED, "allow its address by egress.allow, or change its URL");

    private final Vertx vertx;
    private final Function<Collection<String>, Future<Map<String, String>>> names;
    /** When services went down, epoch milliseconds, by id. Services that were deleted while down never recover. */
    private final Cache<String, Long> down = Caches.atMost(MAX_REMEMBERED).build();

    private final long periodMs;

    private boolean counting;
    private int logged;
    private int moreDown;
    private int moreUp;

    /**
     * @param names looks up service names by id; services without a name are logged by id alone
     */
    TransitionLog(Vertx vertx, Function<Collection<String>, Future<Map<String, String>>> names) {
        this(vertx, names, PERIOD_S * 1_000L);
    }

    /** For tests: with another period, milliseconds. */
    TransitionLog(Vertx vertx, Function<Collection<String>, Future<Map<String, String>>> names, long periodMs) {
        this.vertx = vertx;
        this.names = names;
        this.periodMs = periodMs;
    }

    /** Logs or counts transitions without blocking. */
    void add(List<Transition> transitions) {
        if (transitions.isEmpty()) {
            return;
        }
        if (!counting) {
            counting = true;
            vertx.setTimer(periodMs, timer -> endPeriod());
        }
        Map<String, TransitionLine> lines = new LinkedHashMap<>();
        for (Transition transition : transitions) {
            long downtime = downtime(transition);
            if (logged < LINES && !lines.containsKey(transition.serviceId())) {
                logged++;
                lines.put(transition.serviceId(), new TransitionLine(transition, downtime));
            } else if (transition.to() == Status.DOWN) {
                moreDown++;
            } else {
                moreUp++;
            }
        }
        if (!lines.isEmpty()) {
            List<String> ids = new ArrayList<>(lines.keySet());
            names.apply(ids)
                    .otherwise(Map.of())
                    .onSuccess(
                            known -> lines.forEach((id, line) -> line.log(log, new LoggedService(known.get(id), id))));
        }
    }

    /** The downtime that the transition ends, milliseconds; 0 if it ends none or its length is unknown. */
    private long downtime(Transition transition) {
        if (transition.to() == Status.DOWN) {
            down.put(transition.serviceId(), transition.since());
            return 0;
        }
        Long since = down.asMap().remove(transition.serviceId());
        return since == null ? 0 : transition.since() - since;
    }

    /** Number of services whose failure is remembered. */
    long remembered() {
        return down.estimatedSize();
    }

    private void endPeriod() {
        counting = false;
        logged = 0;
        close();
    }

    /** Logs the counted transitions. */
    void close() {
        if (moreDown > 0) {
            log.warn("{}; GET /api/transitions lists them", more());
        } else if (moreUp > 0) {
            log.info("{}", more());
        }
        moreDown = 0;
        moreUp = 0;
    }

    private String more() {
        String period = " in the last " + Lengths.text(periodMs);
        String ups = String.format(Locale.ROOT, "%,d more", moreUp);
        if (moreDown == 0) {
            return "…and " + ups + (moreUp == 1 ? " service" : " services") + " came up" + period;
        }
        String downs =
                String.format(Locale.ROOT, "…and %,d more service%s went down", moreDown, moreDown == 1 ? "" : "s");
        return moreUp == 0 ? downs + period : downs + " and " + ups + " came up" + period;
    }

    /** What a person should look at first. */
    static String hint(Outcome cause) {
        return HINTS.getOrDefault(cause, "check its history");
    }
}
