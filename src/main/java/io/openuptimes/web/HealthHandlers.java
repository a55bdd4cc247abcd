package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.GetScheduleState;
import io.openuptimes.bus.CheckMessage.ScheduleState;
import io.openuptimes.bus.DeclareMessage;
import io.openuptimes.bus.DeclareMessage.Declared;
import io.openuptimes.bus.DeclareMessage.GetDeclared;
import io.openuptimes.bus.Failures;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.Ping;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /healthz}: this process responds. {@code /readyz}: it also does its work. {@code OPTIONS}, which load
 * balancers use, returns the same status without a body.
 */
final class HealthHandlers {

    private static final long TIMEOUT_MILLIS = 2_000;

    /** A schedule without a tick for this long is stuck; it ticks several times a second. */
    private static final long STUCK_MILLIS = 10_000;

    private final Bus bus;
    private final StatusBoard board;
    private final Clock clock;
    private @Nullable Future<Readiness> looking;

    /**
     * The result of a readiness check.
     *
     * @param missing problems that keep this process from its work
     * @param warnings problems that do not, but need attention
     */
    record Readiness(List<String> missing, List<String> warnings) {
        Readiness {
            missing = List.copyOf(missing);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param clock the clock of the schedule's ticks
     */
    HealthHandlers(Bus bus, StatusBoard board, Clock clock) {
        this.bus = bus;
        this.board = board;
        this.clock = clock;
    }

    static List<Endpoint> of(WebContext web) {
        return new HealthHandlers(web.bus(), web.board(), web.clock()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.unguarded("getHealth", HttpMethod.GET, "/healthz", this::alive),
                Endpoint.unguarded("getReadiness", HttpMethod.GET, "/readyz", this::ready));
    }

    private void alive(RoutingContext context) {
        if (!answerOptions(context, 204)) {
            Answers.json(context, new JsonObject().put("status", "alive"));
        }
    }

    private void ready(RoutingContext context) {
        look().onSuccess(found -> answer(context, found));
    }

    /** No rate limit applies here, so concurrent callers share one check. */
    Future<Readiness> look() {
        Future<Readiness> look = looking;
        if (look == null || look.isComplete()) {
            look = readiness();
            looking = look;
        }
        return look;
    }

    /** Never fails. */
    private Future<Readiness> readiness() {
        Future<Optional<String>> store = bus.request(StoreMessage.PING, new Ping(), TIMEOUT_MILLIS)
                .map(pong -> Optional.<String>empty())
                .otherwise(failure -> Optional.of(problem(failure)));
        Future<Optional<String>> schedule = bus.request(
                        CheckMessage.SCHEDULE_STATE, new GetScheduleState(), TIMEOUT_MILLIS)
                .map(state -> problem(state, clock.millis()))
                .otherwise(Optional.of("the scheduler is not responding"));
        Future<List<String>> warnings = bus.request(DeclareMessage.DECLARED, new GetDeclared(), TIMEOUT_MILLIS)
                .map(HealthHandlers::warnings)
                .otherwise(List.of());
        return Future.join(store, schedule, warnings).map(all -> {
            List<String> missing = new ArrayList<>();
            store.result().ifPresent(missing::add);
            schedule.result().ifPresent(missing::add);
            if (!board.isLoaded()) {
                missing.add("the services are not loaded yet");
            } else if (store.result().isEmpty() && !board.outlook().isStoreReachable()) {
                missing.add("the store is not accepting results");
            }
            return new Readiness(missing, warnings.result());
        });
    }

    /** Omits details: anyone may call this, and the file's content is not public. */
    private static List<String> warnings(Declared declared) {
        return declared.problemCount() == 0
                ? List.of()
                : List.of("the services file is not applied: see the log or GET /api/services/declared");
    }

    /** Uses the store's own error message if there is one. */
    private static String problem(Throwable failure) {
        String said = Failures.codeOf(failure) == Failures.STORE_UNREACHABLE ? failure.getMessage() : null;
        String message = said == null ? Errors.STORE_UNREACHABLE : said;
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    static Optional<String> problem(ScheduleState state, long now) {
        if (!state.loaded()) {
            return Optional.of("the scheduler has no services yet");
        }
        return now - state.lastTick() > STUCK_MILLIS ? Optional.of("the scheduler is stalled") : Optional.empty();
    }

    private static boolean answerOptions(RoutingContext context, int status) {
        if (!context.request().method().equals(HttpMethod.OPTIONS)) {
            return false;
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
                .end();
        return true;
    }

    private static void answer(RoutingContext context, Readiness found) {
        List<String> missing = found.missing();
        if (answerOptions(context, missing.isEmpty() ? 204 : 503)) {
            return;
        }
        if (missing.isEmpty()) {
            JsonObject ready = new JsonObject().put("status", "ready");
            Answers.json(
                    context,
                    found.warnings().isEmpty() ? ready : ready.put("warnings", new JsonArray(found.warnings())));
        } else {
            Answers.json(
                    context,
                    503,
                    Errors.body(503, "Not ready: " + String.join(", ", missing))
                            .put("missing", new JsonArray(missing)));
        }
    }
}
