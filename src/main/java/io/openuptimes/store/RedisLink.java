package io.openuptimes.store;

import io.openuptimes.bus.Failures;
import io.openuptimes.bus.Failures.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to Redis that comes back by itself.
 *
 * <p>Belongs to one event loop. While it is down, every command fails at once with
 * {@link Failures#STORE_UNREACHABLE}; a command without an answer within {@value #COMMAND_TIMEOUT_MS} ms takes the
 * connection down.
 */
final class RedisLink {

    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

    static final long COMMAND_TIMEOUT_MS = 5_000;
    private static final long CONNECT_TIMEOUT_MS = 3_000;
    private static final long FIRST_RETRY_MS = 20;
    private static final long LAST_RETRY_MS = 1_000;
    /** Answers that are about the server's state and not about the command. */
    private static final List<String> SERVER_WIDE = List.of(
            "OOM",
            "MISCONF",
            "READONLY",
            "LOADING",
            "NOREPLICAS",
            "CLUSTERDOWN",
            "MASTERDOWN",
            "BUSY",
            "NOAUTH",
            "NOPERM");

    private static final long LOG_EVERY_NS = TimeUnit.SECONDS.toNanos(5);

    private final Vertx vertx;
    private final String name;
    private final RedisOptions options;
    private final Runnable onUp;
    private final Runnable onDown;

    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private boolean closed;
    private long retryMs = FIRST_RETRY_MS;
    private long lastLogged = System.nanoTime() - LOG_EVERY_NS;

    /**
     * @param name in log lines
     * @param options of the server to connect to
     * @param onUp called each time the connection has come up, the scripts loaded
     * @param onDown called each time it has gone down
     */
    RedisLink(Vertx vertx, String name, RedisOptions options, Runnable onUp, Runnable onDown) {
        this.vertx = vertx;
        this.name = name;
        this.options = new RedisOptions(options);
        this.options.getNetClientOptions().setConnectTimeout((int) CONNECT_TIMEOUT_MS);
        this.onUp = onUp;
        this.onDown = onDown;
    }

    boolean isUp() {
        return connection != null;
    }

    /** Starts to connect, and goes on until it succeeds. */
    void open() {
        if (closed) {
            return;
        }
        Redis attempt = Redis.createClient(vertx, options);
        client = attempt;
        attempt.connect()
                .compose(made -> loadScripts(made).map(made))
                .timeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .onComplete(made -> connected(attempt, made), failure -> {
                    attempt.close();
                    retry(failure);
                });
    }

    private static Future<Void> loadScripts(RedisConnection connection) {
        List<Request> loads = new ArrayList<>();
        for (Script script : Script.values()) {
            loads.add(script.load());
        }
        return connection.batch(loads).mapEmpty();
    }

    private void connected(Redis from, RedisConnection made) {
        if (closed) {
            from.close();
            return;
        }
        connection = made;
        retryMs = FIRST_RETRY_MS;
        made.exceptionHandler(failure -> lost(made, failure));
        made.endHandler(end -> lost(made, null));
        log.info("{} connected to Redis", name);
        onUp.run();
    }

    private void retry(Throwable failure) {
        if (closed) {
            return;
        }
        if (System.nanoTime() - lastLogged >= LOG_EVERY_NS) {
            lastLogged = System.nanoTime();
            log.warn("{}: Redis cannot be reached ({}); trying again", name, reason(failure));
        }
        vertx.setTimer(retryMs, timer -> open());
        retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private void lost(RedisConnection which, @Nullable Throwable failure) {
        if (connection != which) {
            return;
        }
        connection = null;
        Redis old = client;
        if (old != null) {
            old.close();
        }
        if (closed) {
            return;
        }
        log.warn("{} lost its connection to Redis{}", name, failure == null ? "" : ": " + reason(failure));
        lastLogged = System.nanoTime();
        onDown.run();
        vertx.setTimer(retryMs, timer -> open());
    }

    Future<@Nullable Response> send(Request command) {
        RedisConnection current = connection;
        if (current == null) {
            return Future.failedFuture(Refused.unreachable());
        }
        return guarded(current, current.send(command));
    }

    /** Sends all at once; fails as a whole if any of them fails. */
    Future<List<@Nullable Response>> batch(List<Request> commands) {
        RedisConnection current = connection;
        if (current == null) {
            return Future.failedFuture(Refused.unreachable());
        }
        if (commands.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return guarded(current, current.batch(commands));
    }

    private <T> Future<T> guarded(RedisConnection current, Future<T> answer) {
        return answer.timeout(COMMAND_TIMEOUT_MS, TimeUnit.MILLISECONDS).recover(failure -> {
            if (failure instanceof ErrorType error && !isOfClient(error)) {
                return refused(current, error);
            }
            lost(current, failure);
            return Future.failedFuture(Refused.unreachable());
        });
    }

    /** What was under way when the connection ended fails with an error that no server sent. */
    private static boolean isOfClient(ErrorType error) {
        return String.valueOf(error.getMessage()).contains("CONNECTION_CLOSED");
    }

    private <T> Future<T> refused(RedisConnection current, ErrorType error) {
        String message = String.valueOf(error.getMessage());
        if (message.contains("NOSCRIPT")) {
            lost(current, error); // connecting anew loads the scripts
            return Future.failedFuture(Refused.unreachable());
        }
        return SERVER_WIDE.stream()
                .filter(message::contains)
                .findFirst()
                .map(condition -> Future.<T>failedFuture(new Refused(
                        Failures.STORE_UNREACHABLE, "The store does not take this at present (" + condition + ")")))
                .orElseGet(() -> Future.failedFuture(error));
    }

    Future<Void> close() {
        closed = true;
        connection = null;
        Redis old = client;
        return old == null ? Future.succeededFuture() : old.close();
    }
}
