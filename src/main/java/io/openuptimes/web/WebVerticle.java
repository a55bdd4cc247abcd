package io.openuptimes.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.config.Settings;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.board.BoardFeed;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.events.StreamMetrics;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CommonHeaders;
import io.openuptimes.web.http.Cors;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.HttpMetrics;
import io.openuptimes.web.http.InvalidRequests;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.http.SecurityHeaders;
import io.openuptimes.web.http.Unsupported;
import io.openuptimes.web.intake.Intake;
import io.openuptimes.web.intake.IntakeLimits;
import io.openuptimes.web.intake.IntakeMetrics;
import io.openuptimes.web.list.Lists;
import io.openuptimes.web.pages.Pages;
import io.openuptimes.web.tls.ServerTls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Serves HTTP: maintains its own board, builds its router, listens. */
public final class WebVerticle extends VerticleBase {

    /** Longer than any answer takes; an idle connection is closed after this time. */
    private static final int IDLE_SECONDS = PingHandler.TIMEOUT_SECONDS + 30;

    private static final int STOP_SECONDS = 2;
    private static final int MAX_REQUEST_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;
    /** Above the limits of {@link Unsupported}, which answers in the API's error format. */
    private static final int MAX_HEADER_LIST = 2 * (MAX_REQUEST_LINE + MAX_HEADERS);

    /** Concurrent requests on one HTTP/2 connection. */
    private static final int MAX_STREAMS = 100;
    /** Requests that a client may cancel per minute before its connection is closed. */
    private static final int MAX_RESETS = 400;

    private final Settings settings;
    private final PrometheusMeterRegistry registry;
    private final Access access;
    private final AuditTrail audit;
    private final @Nullable ServerTls tls;
    private final Clock clock;
    private final List<Endpoint> more;
    private final IntConsumer listening;
    private @Nullable BoardFeed feed;
    private @Nullable EventStreams events;
    private @Nullable Runnable deaf;
    private @Nullable HttpServer server;
    private @Nullable Intake intake;

    /**
     * @param registry the content of {@code /metrics}
     * @param access guards every endpoint; shared by all instances
     * @param audit of the operations that change something; shared by all instances
     * @param tls shared by all instances; null for plain HTTP
     * @param clock wall clock of the results
     * @param more additional endpoints from other packages; their handlers are shared by all instances
     * @param listening receives the port once this instance listens
     */
    public WebVerticle(
            Settings settings,
            PrometheusMeterRegistry registry,
            Access access,
            AuditTrail audit,
            @Nullable ServerTls tls,
            Clock clock,
            List<Endpoint> more,
            IntConsumer listening) {
        this.settings = settings;
        this.registry = registry;
        this.access = access;
        this.audit = audit;
        this.tls = tls;
        this.clock = clock;
        this.more = List.copyOf(more);
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        Outflow.of(vertx).bindTo(registry);
        GroupOrders groups = new GroupOrders(vertx, bus);
        StatusBoard board = new StatusBoard(settings.checks().interval(), clock);
        EventStreams streams =
                new EventStreams(vertx, board, settings.checks().interval(), new StreamMetrics(registry));
        BoardFeed boardFeed = new BoardFeed(vertx, bus, board, streams);
        feed = boardFeed;
        events = streams;
        Context own = vertx.getOrCreateContext();
        deaf = access.onCredentialsEnded(kind -> own.runOnContext(then -> streams.credentialsEnded(kind)));
        Intake requests = new Intake(vertx, IntakeLimits.DEFAULT, new IntakeMetrics(registry));
        intake = requests;
        CommonHeaders headers = new CommonHeaders(clock).start(vertx);
        Cors cors = new Cors(headers, settings.http().allowedOrigins());
        Pages pages = new Pages(vertx, new BoardPreviews(board, new SiteCache(bus, System::nanoTime)));
        WebContext context = WebContext.of(
                bus, board, new Lists(vertx, board, groups::current), streams, access, clock, registry, settings);
        Router router = new Routes(access, audit, new HttpMetrics(registry), requests, cors)
                .router(
                        vertx,
                        settings.http().basePath(),
                        Features.endpoints(context, more),
                        pages.handlers(),
                        pages::missing);
        return groups.start().compose(heard -> boardFeed.start()).compose(fed -> listen(router, requests, headers));
    }

    /** Stops accepting requests and gives pending ones a moment to finish. */
    @Override
    public Future<?> stop() {
        if (feed != null) {
            feed.stop();
        }
        if (deaf != null) {
            deaf.run();
        }
        if (events != null) {
            events.stop();
        }
        if (intake != null) {
            intake.stop();
        }
        HttpServer listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        if (tls != null) {
            tls.forget(listening);
        }
        return listening.shutdown(STOP_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
    }

    private Future<?> listen(Router router, Intake requests, CommonHeaders headers) {
        // a negative port makes all instances share one free port
        int port = settings.http().port() == 0 ? -1 : settings.http().port();
        boolean mayBeSecure =
                tls != null || !settings.http().proxies().trusted().isEmpty();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.http().host())
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                // WebSockets are not used, so their negotiation is disabled
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                // HTTP/2 over TLS only: no browser uses it in clear text
                .setHttp2ClearTextEnabled(false)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS).setMaxHeaderListSize(MAX_HEADER_LIST))
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(1)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.MINUTES);
        Unsupported unsupported = new Unsupported(MAX_REQUEST_LINE, MAX_HEADERS);
        InvalidRequests invalid = new InvalidRequests(vertx, headers);
        Handler<HttpServerRequest> handler = request -> {
            requests.watch(request);
            headers.put(request.response());
            if (mayBeSecure && access.isSecure(request)) {
                SecurityHeaders.putForTls(request.response());
            }
            ApiException problem = unsupported.problem(request);
            if (problem == null) {
                router.handle(request);
            } else {
                invalid.answer(request, problem);
            }
        };
        return vertx.createHttpServer(tls == null ? options : requests.timeSetup(tls.addTo(options)))
                .exceptionHandler(requests::failed)
                .requestHandler(handler)
                .connectionHandler(connection -> {
                    requests.watch(connection);
                    withoutWebSockets(connection, handler);
                })
                .invalidRequestHandler(invalid)
                .listen()
                .recover(failure -> Future.failedFuture(cannotListen(failure)))
                .onSuccess(listeningServer -> {
                    server = listeningServer;
                    if (tls != null) {
                        tls.serve(listeningServer);
                    }
                    listening.accept(listeningServer.actualPort());
                });
    }

    private IOException cannotListen(Throwable failure) {
        return new IOException(
                ListenFailure.text(settings.http().host(), settings.http().port(), failure), failure);
    }

    /** Removes Vert.x's WebSocket handler, which answers other HTTP versions without a body. */
    private static void withoutWebSockets(HttpConnection connection, Handler<HttpServerRequest> handler) {
        if (connection instanceof HttpServerConnection server) {
            server.handler(handler);
        }
    }
}
