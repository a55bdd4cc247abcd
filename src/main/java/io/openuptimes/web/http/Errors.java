package io.openuptimes.web.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Problem;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into the API's error JSON, and logs those that are the server's fault. */
public final class Errors implements Handler<RoutingContext> {

    public static final String STORE_UNREACHABLE = "The store cannot be reached";

    /** Message for an unknown path. */
    public static final String NOTHING = "Not found: there is nothing at this path";

    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    /** The failure handler of every route. */
    @Override
    public void handle(RoutingContext context) {
        answer(context, context.statusCode());
    }

    /**
     * @param status the router's status code, -1 for none
     */
    public void answer(RoutingContext context, int status) {
        if (context.response().headWritten()) {
            context.request().connection().close(); // part of a response is already out; another cannot follow
            return;
        }
        ApiException error = of(context.failure(), status);
        if (error.status() == 500) {
            log.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        send(context, error);
    }

    /** Sends the 404 for an unknown path. */
    public static void nothing(RoutingContext context) {
        context.fail(404, new ApiException(404, NOTHING));
    }

    /** {@code {"error": true, "message": "Service not found", "status": 404}}. */
    public static JsonObject body(int status, String message) {
        return new JsonObject().put("error", true).put("message", message).put("status", status);
    }

    /** The error's body, with field, code and details if it is about a field. */
    static JsonObject body(ApiException error) {
        JsonObject body = body(error.status(), Objects.requireNonNull(error.getMessage()));
        Problem problem = error.problem();
        return problem == null ? body : withProblem(body, problem);
    }

    /** Adds field, code and details of a problem. */
    public static JsonObject withProblem(JsonObject body, Problem problem) {
        body.put("field", problem.field()).put("code", problem.code().word());
        new TreeMap<>(problem.details()).forEach(body::put);
        return body;
    }

    /** Ends the request with this error. */
    public static void send(RoutingContext context, ApiException error) {
        error.headers().forEach(context.response()::putHeader);
        if (error.status() == 401 && !context.response().headers().contains("WWW-Authenticate")) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        Answers.json(context, error.status(), body(error));
    }

    /**
     * @param failure the handler's exception or failure, if any
     * @param status the router's status code, -1 for none
     */
    static ApiException of(@Nullable Throwable failure, int status) {
        if (failure instanceof ApiException error) {
            return error;
        }
        if (failure instanceof InvalidInputException invalid) {
            return new ApiException(400, invalid.what());
        }
        if (failure instanceof ReplyException reply && reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
            log.warn("no reply on the event bus: {}", reply.getMessage());
            return new ApiException(503, "The request timed out; try again");
        }
        if (failure != null) {
            int code = Failures.codeOf(failure);
            switch (code) {
                case Failures.UNAUTHORIZED -> {
                    return new ApiException(code, messageOf(failure), Map.of("WWW-Authenticate", "Bearer"));
                }
                case Failures.INVALID, Failures.CONFLICT -> {
                    Problem problem = Failures.problemOf(failure);
                    return problem == null
                            ? new ApiException(code, messageOf(failure))
                            : new ApiException(code, problem);
                }
                case Failures.FORBIDDEN, Failures.NOT_FOUND, Failures.CHANGED, Failures.STORE_UNREACHABLE -> {
                    return new ApiException(code, messageOf(failure));
                }
                default -> {
                    // the server's fault, or a status set by the router
                }
            }
        }
        if (status == 400 && (failure == null || failure instanceof IllegalArgumentException)) {
            return invalid("path", "is not valid percent-encoded UTF-8"); // the router failed to decode it
        }
        if (status >= 400 && status <= 499) {
            return new ApiException(status, HttpResponseStatus.valueOf(status).reasonPhrase());
        }
        return new ApiException(500, "Internal server error");
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? "Request failed" : message;
    }

    /** A 400 with the code of the problem. */
    public static ApiException invalid(Problem problem) {
        return new ApiException(400, problem);
    }

    /** A 400 in the API's format: the field and its problem. */
    public static ApiException invalid(String field, String problem) {
        return new ApiException(400, Problem.of(field, problem));
    }
}
