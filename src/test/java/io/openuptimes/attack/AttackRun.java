package io.openuptimes.attack;

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
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends generated requests, some dozens at a time, and holds each answer against the document.
 *
 * <p>Belongs to one event loop.
 */
final class AttackRun {

    private static final int AT_ONCE = 24;
    private static final int LEFT_OPEN = 40;
    private static final long HANGS_MS = 60_000;

    private final Vertx vertx;
    private final int port;
    private final Contract contract;
    private final RequestGenerator generator;
    private final AttackReport report;
    private final HttpClient client;
    private final NetClient sockets;
    private final Deque<NetSocket> leftOpen = new ArrayDeque<>();
    private int left;

    AttackRun(Vertx vertx, int port, Contract contract, RequestGenerator generator, AttackReport report) {
        this.vertx = vertx;
        this.port = port;
        this.contract = contract;
        this.generator = generator;
        this.report = report;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxHeaderSize(64 * 1024), new PoolOptions().setHttp1MaxSize(AT_ONCE));
        this.sockets = vertx.createNetClient();
    }

    /** Completes when all have been answered, or given up; then nothing is left open. */
    Future<Void> send(int count, List<Caller> callers) {
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(begin -> {
            left = count;
            int[] running = {AT_ONCE};
            for (int i = 0; i < AT_ONCE; i++) {
                next(callers, () -> {
                    if (--running[0] == 0) {
                        leftOpen.forEach(NetSocket::close);
                        leftOpen.clear();
                        done.complete();
                    }
                });
            }
        });
        return done.future();
    }

    private void next(List<Caller> callers, Runnable ended) {
        if (left == 0) {
            ended.run();
            return;
        }
        left--;
        GeneratedRequest request = generator.next(callers);
        Future<?> sent = request.manner() == Manner.WHOLE ? whole(request) : part(request);
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
                    check(request, response, body);
                    return null;
                }))
                .timeout(HANGS_MS, TimeUnit.MILLISECONDS);
    }

    /** Of an answer that never ends, nothing. */
    private static Future<Buffer> body(GeneratedRequest request, HttpClientResponse response) {
        if (request.operationId().equals("streamEvents") && response.statusCode() == 200) {
            response.request().reset();
            return Future.succeededFuture(Buffer.buffer());
        }
        return response.body();
    }

    private void check(GeneratedRequest request, HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        report.answered(status);
        if (status == 304
                || body.length() == 0
                || (status == 200 && request.uri().contains("fields="))) {
            return; // there are no more than the fields that were asked for
        }
        String type = String.valueOf(response.getHeader("Content-Type")).replaceAll(";.*", "");
        List<String> problems = contract.problems(request.operationId(), status, type, body);
        if (!problems.isEmpty()) {
            report.problem(status + ", " + problems + ": " + shortened(body) + " for " + request);
        }
    }

    private static String shortened(Buffer body) {
        return body.length() > 300 ? body.getString(0, 300) + "…" : body.toString();
    }

    /** Half of the request, or all of it without reading; the connection is closed some requests later. */
    private Future<?> part(GeneratedRequest request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.uri() + " HTTP/1.1\r\nHost: a\r\n");
        request.caller().headers().forEach(header -> line(head, header));
        request.headers().forEach(header -> line(head, header));
        int length = request.body() == null ? 0 : request.body().length();
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        Buffer all = Buffer.buffer(head.toString());
        if (request.body() != null) {
            all.appendBuffer(request.body());
        }
        Buffer sent = request.manner() == Manner.HALF ? all.getBuffer(0, all.length() * 3 / 4) : all;
        return sockets.connect(port, "127.0.0.1").compose(socket -> {
            socket.pause(); // what comes is not read
            socket.exceptionHandler(closed -> {});
            leftOpen.addLast(socket);
            if (leftOpen.size() > LEFT_OPEN) {
                leftOpen.removeFirst().close();
            }
            return socket.write(sent).otherwiseEmpty();
        });
    }

    private static void line(StringBuilder head, Map.Entry<String, String> header) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
}
