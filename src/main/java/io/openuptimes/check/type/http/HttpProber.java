package io.openuptimes.check.type.http;

import io.netty.channel.EventLoop;
import io.openuptimes.check.Prober;
import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.check.net.lookup.SystemNames;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Checks over HTTP and HTTPS: sends a request through the Vert.x {@code WebClient} on a connection of its own, follows
 * redirects if the service asks for it, and judges by the status code.
 *
 * <p>Safe for use on several event loops; each check stays on the one where it started.
 */
public final class HttpProber implements Prober {

    private static final long RENEWAL_MILLIS = 60_000;

    private final VertxInternal vertx;
    private final Clock clock;
    private final ClientTls tls;
    private final EgressPolicy egress;
    private final FreshConnections connections;
    private final WebClient client;
    private final SystemNames names;
    private final SpareFiles spare = new SpareFiles(System::nanoTime);
    private final Map<EventLoop, LoopResources> lanes = new ConcurrentHashMap<>();
    private final LongAdder repeated = new LongAdder();
    private final @Nullable Long renewal;
    private volatile boolean closed;

    /**
     * Reads the trust store and sets up TLS. Slow on a cold JVM; not for an event loop.
     *
     * @param egress judges each address before it is connected to
     * @throws InvalidSettingsException if {@code checks.caFile} or {@code checks.clientCertificates} cannot be used
     */
    public HttpProber(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock)
            throws InvalidSettingsException {
        this(vertx, settings, egress, clock, NameFiles.system());
    }

    /**
     * Creates a prober that resolves names by other files than the system's.
     *
     * @param files configuration of name lookup
     */
    public HttpProber(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock, NameFiles files)
            throws InvalidSettingsException {
        this(
                vertx,
                ClientTls.of(settings, clock),
                egress,
                clock,
                new SystemNames(vertx, files, settings.nameServers()));
    }

    HttpProber(Vertx vertx, ClientTls tls, EgressPolicy egress, Clock clock) {
        this(vertx, tls, egress, clock, new SystemNames(vertx, NameFiles.system(), List.of()));
    }

    private HttpProber(Vertx vertx, ClientTls tls, EgressPolicy egress, Clock clock, SystemNames names) {
        this.vertx = (VertxInternal) vertx;
        this.clock = clock;
        this.tls = tls;
        this.egress = egress;
        this.connections = new FreshConnections(this.vertx);
        this.client = WebClient.wrap(
                connections, new WebClientOptions().setUserAgentEnabled(false).setFollowRedirects(false));
        this.names = names;
        this.renewal = tls.hasCertificates() ? vertx.setPeriodic(RENEWAL_MILLIS, this::renew) : null;
        // loads the classes that report it now, because they cannot be loaded without a file descriptor
        IOException noFiles = new IOException("Too many open files");
        FailureClassifier.of(Step.CONNECT, noFiles, null, false);
        StreamReset.of(noFiles);
        ConnectFailures.rank(noFiles);
    }

    /** Reloads client certificates, which are renewed on disk long before they expire. */
    private void renew(long timer) {
        vertx.executeBlocking(() -> {
            tls.renewCertificates();
            return null;
        });
    }

    @Override
    public Future<CheckResult> probe(Service service) {
        long timestamp = clock.millis();
        Target target;
        try {
            target = Target.of(service.url());
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(new CheckResult(
                    service.id(), timestamp, Outcome.PROTOCOL, 0, 0, Phases.NONE, "the URL " + e.getMessage()));
        }
        if (!spare.left()) {
            return Future.succeededFuture(
                    new CheckResult(service.id(), timestamp, Outcome.RESOURCE, 0, 0, Phases.NONE, Shortage.FILES));
        }
        ContextInternal context = vertx.getOrCreateContext();
        Promise<CheckResult> result = context.promise();
        Attempt attempt =
                new Attempt(lane(context.nettyEventLoop()), context, service, target, timestamp, false, result);
        start(attempt);
        return result.future();
    }

    private void start(Attempt attempt) {
        if (closed) {
            attempt.breakOff();
        } else {
            attempt.start();
        }
    }

    private void again(Attempt spoilt) {
        repeated.increment();
        start(spoilt.again(clock.millis()));
    }

    /** Number of checks repeated because the process was suspended during the first try. */
    public long repeated() {
        return repeated.sum();
    }

    /** Number of successful full TLS handshakes. */
    public long fullHandshakes() {
        return tls.handshakes().full();
    }

    /** Number of successful resumed TLS handshakes. */
    public long resumedHandshakes() {
        return tls.handshakes().resumed();
    }

    /** Number of TLS handshakes repeated with the JDK's engine because BoringSSL had failed. */
    public long secondHandshakes() {
        return tls.secondTries();
    }

    /** Number of cached names evicted before their TTL for lack of space. */
    public long evictedNames() {
        return lanes.values().stream()
                .mapToLong(lane -> lane.resolver().evicted())
                .sum();
    }

    private LoopResources lane(EventLoop loop) {
        LoopResources lane = lanes.get(loop);
        return lane != null
                ? lane
                : lanes.computeIfAbsent(
                        loop,
                        first -> spare.lend(() -> new LoopResources(
                                vertx, loop, names, tls, spare, egress, connections, client, this::again)));
    }

    /** Aborts running checks and closes all connections. */
    public Future<Void> close() {
        closed = true;
        names.close();
        if (renewal != null) {
            vertx.cancelTimer(renewal);
        }
        List<Future<?>> closing = new ArrayList<>();
        lanes.forEach((loop, lane) -> {
            Promise<Void> done = Promise.promise();
            closing.add(done.future());
            loop.execute(() -> {
                lane.close();
                done.complete();
            });
        });
        return Future.join(closing)
                .<Void>mapEmpty()
                .eventually(connections::close)
                .onComplete(ended -> {
                    tls.close();
                    spare.close();
                });
    }
}
