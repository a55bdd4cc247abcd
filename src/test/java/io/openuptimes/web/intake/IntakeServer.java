package io.openuptimes.web.intake;

import static io.openuptimes.testing.Await.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.testing.RawClient;
import io.openuptimes.web.http.Errors;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A real server with short limits. {@code /whole} and {@code /streamed} answer with the body's length, the latter
 * reading it in chunks; {@code /kept} answers once {@link #answer} is completed; {@code /refused} does not read the
 * body. The header {@code Caller} names the caller and counts as credentials.
 */
final class IntakeServer implements AutoCloseable {

    static final IntakeLimits SHORT = new IntakeLimits(
            Duration.ofSeconds(1), Duration.ofSeconds(1), 1_000, 100, Duration.ofSeconds(3), Duration.ofMillis(50));

    final BodyBudget budget;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Promise<Void> answer = Promise.promise();
    /** Completes when the worker has processed a chunk. */
    final AtomicReference<Future<Void>> pieces = new AtomicReference<>(Future.succeededFuture());

    private final Vertx vertx = Vertx.vertx();
    private final int port;

    IntakeServer(BodyBudget budget, IntakeLimits limits) {
        this(budget, limits, new HttpServerOptions().setHttp2ClearTextEnabled(false));
    }

    /** With TLS, and HTTP/2 if the client supports it. */
    IntakeServer(BodyBudget budget, IntakeLimits limits, PfxOptions certificate) {
        this(
                budget,
                limits,
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate));
    }

    private IntakeServer(BodyBudget budget, IntakeLimits limits, HttpServerOptions options) {
        this.budget = budget;
        Context loop = vertx.getOrCreateContext();
        port = await(await(loop, () -> listen(limits, options)));
    }

    private Future<Integer> listen(IntakeLimits limits, HttpServerOptions options) {
        Intake intake = new Intake(vertx, limits, new IntakeMetrics(registry));
        Router router = Router.router(vertx);
        router.route("/refused").handler(context -> context.fail(401)).failureHandler(new Errors());
        router.route().handler(intake.opening(this::account)).failureHandler(new Errors());
        router.route("/whole").handler(new BodyReader()).handler(IntakeServer::length);
        router.route("/kept").handler(new BodyReader()).handler(context -> answer.future()
                .onComplete(told -> length(context)));
        router.route("/streamed").handler(context -> StreamedBody.read(
                        context, 1 << 24, piece -> await(pieces.get()), hash -> Future.succeededFuture(hash.length))
                .onSuccess(length -> context.end("read"))
                .onFailure(context::fail));
        return vertx.createHttpServer(options.isSsl() ? intake.timeSetup(options) : options)
                .exceptionHandler(intake::failed)
                .connectionHandler(intake::watch)
                .requestHandler(request -> {
                    intake.watch(request);
                    router.handle(request);
                })
                .listen(0, "127.0.0.1")
                .map(HttpServer::actualPort);
    }

    private HeldBytes account(RoutingContext context) {
        String caller = context.request().getHeader("Caller");
        return budget.open(Objects.requireNonNullElse(caller, "somebody"), caller != null);
    }

    private static void length(RoutingContext context) {
        if (!context.response().closed()) {
            context.end(context.body().length() + " bytes");
        }
    }

    int port() {
        return port;
    }

    RawClient connect() throws IOException {
        return new RawClient(port);
    }

    /** A connection on which {@code sent} bytes of a body of {@code announced} bytes were sent. */
    RawClient post(String path, String caller, int announced, int sent) throws IOException {
        return connect()
                .send("POST " + path + " HTTP/1.1\r\nHost: a\r\n"
                        + (caller.isEmpty() ? "" : "Caller: " + caller + "\r\n") + "Content-Length: " + announced
                        + "\r\n\r\n")
                .send(new byte[sent]);
    }

    double refused(Refusal reason) {
        return registry.get("openuptimes.http.intake.refused")
                .tag("reason", reason.tag())
                .counter()
                .count();
    }

    @Override
    public void close() {
        answer.tryComplete();
        await(vertx.close());
    }
}
