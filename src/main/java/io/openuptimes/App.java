package io.openuptimes;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.GetInstallation;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.EventMessage;
import io.openuptimes.check.CheckVerticle;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.WeakSettings;
import io.openuptimes.declare.DeclareVerticle;
import io.openuptimes.runtime.Caches;
import io.openuptimes.runtime.HostPort;
import io.openuptimes.runtime.SteadyClock;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.store.StoreVerticle;
import io.openuptimes.store.embedded.EmbeddedRedis;
import io.openuptimes.store.link.RedisClients;
import io.openuptimes.store.secrets.NodeKeys;
import io.openuptimes.web.AuthHandler;
import io.openuptimes.web.KeysHandler;
import io.openuptimes.web.SetupHandler;
import io.openuptimes.web.SiteCache;
import io.openuptimes.web.SiteHandler;
import io.openuptimes.web.WebVerticle;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.access.Allowances;
import io.openuptimes.web.access.Passwords;
import io.openuptimes.web.access.SetupToken;
import io.openuptimes.web.audit.AuditTrail;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.tls.ServerTls;
import io.openuptimes.web.tls.TlsVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.redis.client.RedisOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service: the embedded Redis if no URL is set, then store, checks, the services file and web, each started
 * after the previous one is up. It stops in reverse order, so that pending work finds what it depends on.
 */
public final class App {

    private static final Logger log = LoggerFactory.getLogger(App.class);

    private final Vertx vertx;
    private final Settings settings;
    private final SteadyClock clock;
    private final long pingPace;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HeapWatch heap = new HeapWatch();
    private final ProcessMeters processMeters = new ProcessMeters();
    private final Deque<String> deployed = new ArrayDeque<>();
    private final OwnRedis ownRedis;
    private final SetupToken setupToken = SetupToken.create();
    private @Nullable EmbeddedRedis embeddedRedis;
    private volatile @Nullable ServerTls tls;
    private final Promise<Void> listening = Promise.promise();
    private volatile boolean setupTokenTold;
    private volatile int port;

    private App(Vertx vertx, Settings settings, Clock wall, long pingPace) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = Clocks.steady(wall);
        this.pingPace = pingPace;
        this.ownRedis = new OwnRedis(vertx);
    }

    /** Creates a Vert.x configured for the service. The caller closes it, after the service. */
    public static Vertx vertx() {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                // otherwise Vert.x creates a directory to unpack class path files, which fails without a writable disk
                .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)));
        Bus.install(vertx);
        return vertx;
    }

    /**
     * Starts all parts.
     *
     * @param vertx created by {@link #vertx()}
     * @param wall the machine's clock; the service's own clock follows it but never jumps
     * @return fails if a part does not start, after stopping those already started
     */
    public static Future<App> start(Vertx vertx, Settings settings, Clock wall) {
        return start(vertx, settings, wall, CheckVerticle.PING_PACE_MS);
    }

    /** For tests: with a different {@link CheckVerticle#PING_PACE_MS}, in milliseconds. */
    public static Future<App> start(Vertx vertx, Settings settings, Clock wall, long pingPace) {
        App app = new App(vertx, settings, wall, pingPace);
        return app.startAll().map(app).recover(failure -> app.stop()
                .transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<?> startAll() {
        DeclareVerticle declared;
        try {
            declared = DeclareVerticle.of(settings.services(), System.getenv(), clock);
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
        WeakSettings.of(settings).forEach(log::warn);
        // while Redis starts; afterwards, event loops create caches
        Future<?> caches = vertx.executeBlocking(
                () -> {
                    Caches.warmUp();
                    return null;
                },
                false);
        // loading the trust store and BoringSSL takes a second, while Redis and the store start
        Future<Probers> probers = vertx.executeBlocking(
                () -> Probers.standard(new Network(vertx, settings.checks(), egress(), clock)), false);
        bindMetrics();
        return openTls()
                .compose(tls -> tellSetupToken())
                .compose(listening -> redis())
                .compose(redis -> caches.map(redis))
                .compose(redis -> ownRedis.watch(RedisClients.endpoints(redis)).map(redis))
                .compose(redis -> vertx.executeBlocking(this::keys)
                        .map(keys -> new StoreVerticle(
                                settings.store(), settings.node(), redis, embeddedRedis != null, keys, clock, metrics)))
                .compose(store -> deploy(1, () -> store))
                .compose(up -> probers)
                .compose(checks -> deploy(
                        1,
                        () -> new CheckVerticle(
                                settings.checks(),
                                settings.egress().targets(),
                                settings.node().location(),
                                checks,
                                clock,
                                pingPace,
                                metrics)))
                .compose(up -> deploy(1, () -> declared))
                .compose(up -> deployWeb())
                .compose(up -> watchTls())
                .onSuccess(up -> {
                    log.info("listening on {}", url(settings.http().host()));
                    listening.complete();
                });
    }

    /** Runs first, so that unusable settings end the start before anything else begins. */
    private Future<?> openTls() {
        Settings.Tls named = settings.http().tls();
        return named == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> ServerTls.open(vertx, named), false)
                        .onSuccess(opened -> tls = opened);
    }

    private Future<?> watchTls() {
        ServerTls opened = tls;
        return opened == null ? Future.succeededFuture() : deploy(1, () -> new TlsVerticle(opened));
    }

    private String scheme() {
        return settings.http().tls() == null ? "http" : "https";
    }

    private Future<?> deployWeb() {
        // shared by all instances, so that limits and caches apply to the whole process
        Access access = new Access(vertx, settings.http(), settings.access(), setupToken, clock);
        Gauge.builder("openuptimes.event.streams", access.allowances(), Allowances::openStreams)
                .description("Open event streams")
                .register(metrics);
        Gauge.builder("openuptimes.http.bodies.held", access.allowances(), Allowances::heldBytes)
                .description("Bytes of request bodies held in memory")
                .baseUnit("bytes")
                .register(metrics);
        Passwords passwords = new Passwords(vertx);
        FunctionCounter.builder("openuptimes.passwords.refused", passwords, Passwords::refused)
                .description("Sign-ins refused because the hashing queue was full")
                .register(metrics);
        Bus bus = Bus.of(vertx);
        SiteCache site = new SiteCache(bus, System::nanoTime);
        List<Endpoint> more = Stream.of(
                        new KeysHandler(bus, access, clock).endpoints(),
                        new AuthHandler(bus, access, passwords).endpoints(),
                        new SetupHandler(bus, access, passwords, site, clock).endpoints(),
                        new SiteHandler(bus, site).endpoints())
                .flatMap(List::stream)
                .toList();
        AuditTrail audit = new AuditTrail(bus, access, clock, metrics);
        return deploy(
                settings.http().instances(),
                () -> new WebVerticle(
                        settings, metrics, access, audit, tls, clock, more, listening -> port = listening));
    }

    /** The setup token is the only secret that may be logged, because setup is impossible without it. */
    private Future<?> tellSetupToken() {
        Bus bus = Bus.of(vertx);
        return bus.listen(EventMessage.STORE_REACHABLE, event -> {
            if (event.reachable() && !setupTokenTold) {
                bus.request(AccessMessage.GET_INSTALLATION, new GetInstallation())
                        .onSuccess(installation -> {
                            setupTokenTold = true;
                            if (!installation.setupCompleted()) {
                                log.info("setup is not completed; setup token: {}", setupToken.forTheLog());
                                listening.future().onSuccess(up -> log.info("set it up at {}", setupPage()));
                            }
                        });
            }
        });
    }

    /** Puts the token after the {@code #}, because browsers do not send that part. */
    private String setupPage() {
        String host = settings.http().host();
        String reached = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return url(reached) + settings.http().basePath() + "/setup#token=" + setupToken.forTheLog();
    }

    private String url(String host) {
        return scheme() + "://" + HostPort.of(host, port);
    }

    /** With an embedded Redis and no configured key, the key is generated in the data directory. */
    private NodeKeys keys() throws IOException {
        Path dataDir = embeddedRedis == null ? null : Path.of(settings.redis().dataDir());
        return NodeKeys.of(settings.secrets().key(), settings.secrets().previousKeys(), dataDir);
    }

    private EgressPolicy egress() {
        Settings.Egress egress = settings.egress();
        return new EgressPolicy(egress.deny(), egress.allow(), egress.privateRanges(), ownRedis.servers());
    }

    private Future<RedisOptions> redis() {
        if (!settings.redis().urls().isEmpty()) {
            return Future.succeededFuture(RedisClients.options(settings.redis()));
        }
        Settings.EmbeddedRedis embedded = settings.embeddedRedis();
        EmbeddedRedis.Options options = new EmbeddedRedis.Options(
                Path.of(settings.redis().dataDir()), embedded.server(), embedded.maxMemory(), false);
        return vertx.executeBlocking(() -> EmbeddedRedis.start(options)).map(started -> {
            embeddedRedis = started;
            return RedisClients.options(started.url(), null);
        });
    }

    private Future<?> deploy(int instances, Supplier<Deployable> verticle) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployed::push);
    }

    private void bindMetrics() {
        processMeters.bindTo(metrics);
        Gauge.builder("openuptimes.clock.offset.seconds", clock, steady -> steady.offset() / 1000.0)
                .description("Lead of the machine's clock over the service's, after it was set")
                .register(metrics);
    }

    /** The actual listen port, even if the settings let the system choose it. */
    public int port() {
        return port;
    }

    /** Stops everything except Vert.x, in reverse start order; always succeeds. */
    public Future<Void> stop() {
        String id = deployed.poll();
        if (id != null) {
            return vertx.undeploy(id)
                    .onFailure(failure -> log.error("a component did not stop cleanly", failure))
                    .transform(undeployed -> stop());
        }
        processMeters.close();
        ownRedis.close();
        heap.close();
        EmbeddedRedis redis = embeddedRedis;
        Future<Void> ended = redis == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    redis.close();
                    return null;
                });
        return ended.otherwiseEmpty();
    }
}
