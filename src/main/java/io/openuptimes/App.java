package io.openuptimes;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.bus.Bus;
import io.openuptimes.check.CheckVerticle;
import io.openuptimes.config.Settings;
import io.openuptimes.store.EmbeddedRedis;
import io.openuptimes.store.StoreVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole service: the embedded Redis if none is given, then store, checks and web, each when the one before it is
 * up. It stops in the reverse order, so that what is under way finds what it needs.
 */
public final class App {

    private static final Logger log = LoggerFactory.getLogger(App.class);

    private final Vertx vertx;
    private final Settings settings;
    private final Clock clock;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();
    private final Deque<String> deployed = new ArrayDeque<>();
    private @Nullable EmbeddedRedis embeddedRedis;

    private App(Vertx vertx, Settings settings, Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.clock = clock;
    }

    /** The Vert.x that the service runs on; it is closed with it. */
    public static Vertx vertx() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Bus.install(vertx);
        return vertx;
    }

    /**
     * Starts everything.
     *
     * @param vertx made by {@link #vertx()}
     * @return fails if any part does not start; what had started is stopped again then
     */
    public static Future<App> start(Vertx vertx, Settings settings, Clock clock) {
        App app = new App(vertx, settings, clock);
        return app.startAll().map(app).recover(failure -> app.stop()
                .transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<?> startAll() {
        bindJvmMetrics();
        return redis().compose(redis -> deploy(1, () -> new StoreVerticle(settings.store(), redis, clock, metrics)))
                .compose(up -> deploy(1, () -> new CheckVerticle(settings.checks(), clock, metrics)));
    }

    private Future<RedisOptions> redis() {
        String url = settings.redis().url();
        if (url != null) {
            return Future.succeededFuture(redisOptions(url));
        }
        return vertx.executeBlocking(
                        () -> EmbeddedRedis.start(Path.of(settings.redis().dataDir())))
                .map(started -> {
                    embeddedRedis = started;
                    return redisOptions(started.url());
                });
    }

    private RedisOptions redisOptions(String url) {
        RedisOptions options = new RedisOptions().setConnectionString(url).setMaxWaitingHandlers(100_000);
        options.getNetClientOptions().setHostnameVerificationAlgorithm("HTTPS");
        String caFile = settings.redis().caFile();
        if (caFile != null) {
            options.getNetClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(caFile));
        }
        return options;
    }

    private Future<?> deploy(int instances, Supplier<Deployable> verticle) {
        return vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
                .onSuccess(deployed::push);
    }

    private void bindJvmMetrics() {
        new JvmMemoryMetrics().bindTo(metrics);
        new JvmThreadMetrics().bindTo(metrics);
        new ProcessorMetrics().bindTo(metrics);
        new FileDescriptorMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
        gcMetrics.bindTo(metrics);
    }

    /** Stops everything, the last started first; always succeeds. */
    public Future<Void> stop() {
        String id = deployed.poll();
        if (id != null) {
            return vertx.undeploy(id)
                    .onFailure(failure -> log.error("a part did not stop cleanly", failure))
                    .transform(undeployed -> stop());
        }
        gcMetrics.close();
        EmbeddedRedis redis = embeddedRedis;
        Future<Void> ended = redis == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    redis.close();
                    return null;
                });
        return ended.eventually(vertx::close).otherwiseEmpty();
    }
}
