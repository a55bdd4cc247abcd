package io.openuptimes.attack;

import io.openuptimes.attack.AnswerCheck.Answer;
import io.openuptimes.attack.GeneratedRequest.Caller;
import io.openuptimes.attack.GeneratedRequest.Manner;
import io.openuptimes.web.Contract;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends generated requests, some dozens concurrently, and validates each response against the OpenAPI document.
 *
 * <p>Confined to one event loop.
 */
final class AttackRun {

    private static final int AT_ONCE = 24;
    private static final long HANGS_MS = 60_000;

    private final Vertx vertx;
    private final int port;
    private final RequestGenerator generator;
    private final AttackReport report;
    private final AnswerCheck check;
    private final PartRequests parts;
    private final HttpClient client;
    private int left;

    AttackRun(Vertx vertx, int port, Contract contract, RequestGenerator generator, AttackReport report) {
        this.vertx = vertx;
        this.port = port;
        this.generator = generator;
        this.report = report;
        this.check = new AnswerCheck(contract, report);
        this.parts = new PartRequests(vertx, port, check);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxHeaderSize(64 * 1024), new PoolOptions().setHttp1MaxSize(AT_ONCE));
    }

    /** Completes when all requests were answered or given up; no connection of an incomplete request is open then. */
    Future<Void> send(int count, List<Caller> callers) {
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(begin -> {
            left = count;
            int[] running = {AT_ONCE};
            for (int i = 0; i < AT_ONCE; i++) {
                next(callers, () -> {
                    if (--running[0] == 0) {
                        parts.end();
                        done.complete();
                    }
                });
            }
        });
        return done.future();
    }

    /** Closes the keep-alive connections. */
    Future<Void> close() {
        return client.close();
    }

    private void next(List<Caller> callers, Runnable ended) {
        if (left == 0) {
            ended.run();
            return;
        }
        left--;
        GeneratedRequest request = generator.next(callers);
        Future<?> sent = request.manner() == Manner.WHOLE ? whole(request) : parts.send(request);
        sent.onComplete(done -> next(callers, ended), failure -> {
            report.problem(failure + " for " + request);
            next(callers, ended);
        });
    }

    private Future<?> whole(GeneratedRequest request) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.uri());
        request.headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
        request.caller().headers().forEach(header -> options.addHeader(header.getKey(), header.getValue()));
        return client.request(options)
                .compose(sending -> request.body() == null ? sending.send() : sending.send(request.body()))
                .compose(response -> body(request, response).map(body -> {
                    check.check(request, answer(response, body));
                    String tag = response.getHeader("ETag");
                    if (tag != null && response.statusCode() == 200) {
                        generator.answered(request, tag);
                    }
                    return null;
                }))
                .timeout(HANGS_MS, TimeUnit.MILLISECONDS);
    }

    private static Answer answer(HttpClientResponse response, @Nullable Buffer body) {
        return new Answer(
                response.statusCode(), response.getHeader("Content-Type"), response.getHeader("Retry-After"), body);
    }

    /** Null for a response that never ends. */
    private static Future<@Nullable Buffer> body(GeneratedRequest request, HttpClientResponse response) {
        if (request.operationId().equals("streamEvents")
                && response.statusCode() == 200
                && request.method().equals("GET")) {
            response.exceptionHandler(reset -> {}); // reset by this client
            response.request().reset();
            return Future.succeededFuture();
        }
        return response.body().map(body -> body);
    }
}
