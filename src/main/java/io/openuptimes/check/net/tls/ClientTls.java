package io.openuptimes.check.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateExecutor;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.Target;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client-side TLS that behaves like a first-time visitor: BoringSSL where a build exists, otherwise the JDK's engine.
 * Sessions are not resumed, because a resumed session shows no certificate, unless the settings allow it for a period.
 * A handshake that BoringSSL cannot complete is retried with the JDK's engine.
 *
 * <p>A few contexts, created at startup, serve all checks on all event loops. (The Vert.x clients keep one context per
 * server name, unbounded, and build it on the event loop.)
 */
public final class ClientTls {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTls.class);
    private static final long CLOSE_NOTIFY_MILLIS = 500;

    private final Handshakes handshakes = new Handshakes();
    private final LongAdder secondTries = new LongAdder();
    private final EnginePreference preference;
    private final ContextSets contexts;

    /**
     * Reads files, and is slow on a cold JVM; do not call it on an event loop.
     *
     * @param clock wall clock for certificate expiry
     * @throws InvalidSettingsException if {@code checks.caFile} or {@code checks.clientCertificates} cannot be used
     */
    public static ClientTls of(Settings.Checks settings, Clock clock) throws InvalidSettingsException {
        return new ClientTls(
                Trust.load(settings.caFile()),
                OpenSsl.isAvailable(),
                ClientCertificate.load(settings.clientCertificates()),
                new ContextFactory(settings.tlsResumption(), Resumption.MOST_SERVERS),
                clock);
    }

    /**
     * @param trust verifies chains
     * @param certificates client certificates that checks may present, by name
     * @param clock wall clock for certificate expiry
     */
    public ClientTls(
            X509ExtendedTrustManager trust,
            boolean boringSsl,
            Map<String, ClientCertificate> certificates,
            ContextFactory factory,
            Clock clock) {
        LOG.info(
                boringSsl
                        ? "checks use BoringSSL for TLS"
                        : "checks use the JDK for TLS: there is no BoringSSL for this platform");
        preference = new EnginePreference(clock);
        TrustAnchors anchors = new TrustAnchors(trust.getAcceptedIssuers());
        SeenCertificates seen = new SeenCertificates(anchors);
        RememberedTrust remembered = new RememberedTrust(new ServerTrust(trust, anchors, clock), clock, seen);
        contexts = new ContextSets(
                new ContextSet.Shared(factory, remembered, seen, handshakes, clock, boringSsl), certificates);
    }

    /**
     * Prepares for handshakes with an offer, which takes a few milliseconds; the first of them would do so otherwise.
     * Do not call it on an event loop.
     */
    public void offer(Alpn alpn) {
        contexts.offer(alpn);
    }

    /** Returns whether a client certificate of that name is configured; true for null. */
    public boolean hasCertificate(@Nullable String name) {
        return contexts.find(name) != null;
    }

    /**
     * Creates the client side of a new connection's handshake.
     *
     * @throws IllegalArgumentException if the client certificate is not configured
     */
    public Handshake begin(Target target, TlsDemands demands, ByteBufAllocator allocator) {
        ContextSet set = contexts.find(demands.clientCertificate());
        if (set == null) {
            throw new IllegalArgumentException("no such client certificate");
        }
        boolean preferred = !demands.jdkEngine() && set.hasBoringSsl() && preference.isJdk(target);
        Side side = set.side(demands, demands.jdkEngine() || preferred);
        SslHandler handler =
                side.context().newHandler(allocator, target.host(), side.cachePort(target), ImmediateExecutor.INSTANCE);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
        handler.sslCloseFuture().addListener(ended -> {
            if (ended.isSuccess() && ended.getNow() instanceof Channel channel) {
                closeAfterServer(channel);
            }
        });
        Handshake handshake = new Handshake(this, target, demands, handler, preferred);
        try {
            ClientHello.prepare(handler.engine(), handshake);
        } catch (RuntimeException | Error e) {
            ReferenceCountUtil.release(handler.engine()); // normally released with its channel
            throw e;
        }
        handshakes.begin(handshake);
        if (demands.jdkEngine()) {
            secondTries.increment();
            handler.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    preference.cured(target);
                }
            });
        } else if (!demands.jdkEngine() && !preferred && preference.isSuspect(target)) {
            handler.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    preference.forget(target);
                }
            });
        }
        return handshake;
    }

    /**
     * Closes the connection after the server's close_notify; some servers wait for that before they close. The close
     * bypasses the pipeline, because its handlers may wait for open streams, and is queued behind data that arrived
     * with the close_notify.
     */
    private static void closeAfterServer(Channel channel) {
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    @Nullable
    TlsDemands otherEngine(Handshake failed, Throwable cause) {
        if (failed.handler().engine() instanceof ReferenceCountedOpenSslEngine) {
            return TlsFailures.mayBeTheEngines(cause, failed) ? failed.demands().withJdkEngine() : null;
        }
        if (Causes.has(cause, RefusedCertificate.class)) {
            return null;
        }
        preference.forget(failed.target()); // the JDK's engine no longer does better
        return failed.preferred() ? failed.demands() : null;
    }

    /** Number of handshakes retried with the JDK's engine. */
    public long secondTries() {
        return secondTries.sum();
    }

    public Handshakes handshakes() {
        return handshakes;
    }

    /** Returns whether any client certificates are configured, whose files may change. */
    public boolean hasCertificates() {
        return contexts.hasCertificates();
    }

    /** Rereads the client certificate files to pick up renewed certificates. Blocks. */
    public void renewCertificates() {
        contexts.renew();
    }

    public void close() {
        contexts.close();
    }
}
