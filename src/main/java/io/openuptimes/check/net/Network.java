package io.openuptimes.check.net;

import io.netty.channel.EventLoop;
import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.check.net.lookup.SystemNames;
import io.openuptimes.check.net.tls.ClientTls;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What checks of all types share: name lookup, TLS, the egress policy, and the resources of each event loop.
 *
 * <p>Safe for use on several event loops; each attempt stays on the one where it started.
 */
public final class Network {

    private static final long RENEWAL_MILLIS = 60_000;

    private final VertxInternal vertx;
    private final Clock clock;
    private final ClientTls tls;
    private final SystemNames names;
    private final SpareFiles spare = new SpareFiles(System::nanoTime);
    private final LoopResources.Shared shared;
    private final Map<EventLoop, LoopResources> loops = new ConcurrentHashMap<>();
    private final LongAdder repeated = new LongAdder();
    private final @Nullable Long renewal;
    private volatile boolean closed;

    /**
     * Reads the trust store and sets up TLS. Slow on a cold JVM; not for an event loop.
     *
     * @param egress checks each address before it is dialled
     * @param clock wall clock
     * @throws InvalidSettingsException if {@code checks.caFile} or {@code checks.clientCertificates} cannot be used
     */
    public Network(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock)
            throws InvalidSettingsException {
        this(vertx, settings, egress, clock, NameFiles.system());
    }

    /**
     * Looks up names by other files than the system's.
     *
     * @param files configuration of name lookup
     */
    public Network(Vertx vertx, Settings.Checks settings, EgressPolicy egress, Clock clock, NameFiles files)
            throws InvalidSettingsException {
        this(
                vertx,
                ClientTls.of(settings, clock),
                egress,
                clock,
                new SystemNames(vertx, files, settings.nameServers()));
    }

    /** With the system's name servers. */
    public Network(Vertx vertx, ClientTls tls, EgressPolicy egress, Clock clock) {
        this(vertx, tls, egress, clock, new SystemNames(vertx, NameFiles.system(), List.of()));
    }

    private Network(Vertx vertx, ClientTls tls, EgressPolicy egress, Clock clock, SystemNames names) {
        this.vertx = (VertxInternal) vertx;
        this.clock = clock;
        this.tls = tls;
        this.names = names;
        this.shared = new LoopResources.Shared(names, tls, spare, egress, () -> closed, this::repeat);
        this.renewal = tls.hasCertificates() ? vertx.setPeriodic(RENEWAL_MILLIS, this::renew) : null;
        // loads the classes that report a shortage of files, because they cannot be loaded during one
        IOException noFiles = new IOException("Too many open files");
        NetworkFailures.of(Step.CONNECT, noFiles, null);
        ConnectFailures.rank(noFiles);
    }

    /** Reloads client certificates, which are renewed on disk long before they expire. */
    private void renew(long timer) {
        vertx.executeBlocking(() -> {
            tls.renewCertificates();
            return null;
        });
    }

    public VertxInternal vertx() {
        return vertx;
    }

    /** Wall clock, epoch milliseconds. */
    public long now() {
        return clock.millis();
    }

    public ClientTls tls() {
        return tls;
    }

    /**
     * Runs an attempt that has just been created, on the caller's event loop.
     *
     * @return never fails; succeeds at the latest at the deadline, or at that of the repetition
     */
    public <R> Future<R> run(Attempt<R> attempt) {
        long now = clock.millis();
        ContextInternal context = vertx.getOrCreateContext();
        Promise<R> result = context.promise();
        attempt.start(resources(context.nettyEventLoop()), context, now, false, result);
        return result.future();
    }

    /**
     * Asks this node's name servers whether one of them works, on the caller's event loop.
     *
     * @param timeout milliseconds
     * @return never fails; empty if one responded within the timeout, otherwise a failure with outcome
     *     {@code RESOLVER}, or {@code RESOURCE} if this machine could not ask
     */
    public Future<Optional<Failure>> askNameServers(int timeout) {
        return run(new NameServersAttempt(timeout));
    }

    private void repeat(Attempt<?> spoilt) {
        repeated.increment();
        spoilt.repeat(clock.millis());
    }

    private LoopResources resources(EventLoop loop) {
        LoopResources known = loops.get(loop);
        return known != null
                ? known
                : loops.computeIfAbsent(loop, first -> spare.lend(() -> new LoopResources(vertx, loop, shared)));
    }

    /** Number of checks repeated because the process was suspended during the first attempt. */
    public long repeated() {
        return repeated.sum();
    }

    /** Number of cached names evicted before their TTL for lack of space. */
    public long evictedNames() {
        return loops.values().stream()
                .mapToLong(loop -> loop.resolver().evicted())
                .sum();
    }

    /** Aborts running checks and closes their connections. */
    public Future<Void> close() {
        closed = true;
        names.close();
        if (renewal != null) {
            vertx.cancelTimer(renewal);
        }
        List<Future<?>> closing = new ArrayList<>();
        loops.forEach((loop, resources) -> {
            Promise<Void> done = Promise.promise();
            closing.add(done.future());
            loop.execute(() -> {
                resources.close();
                done.complete();
            });
        });
        return Future.join(closing).<Void>mapEmpty().onComplete(ended -> {
            tls.close();
            spare.close();
        });
    }
}
